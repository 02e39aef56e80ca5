import { setPassword } from '../../src/core/auth/setPassword.ts';
import { openBenchWorld } from '../kit/benchWorld.ts';
import { seedCards, seedOwner } from '../kit/seed.ts';
import type { Owner } from '../kit/seed.ts';

/** Somebody who asks, with all that is needed to ask as them. */
export type Member = {
  readonly accountId: string;
  readonly bookId: string;
  readonly authorization: string;
  /** Ids of some of their contacts, and the names that these have in the folder. */
  readonly cards: readonly { readonly id: string; readonly uri: string }[];
};

const password = 'a password for the benchmark';
/** So many contacts of each are asked for. */
const mostCards = 500;

/** Fills the file of a folder with some people who have as many contacts each. */
export async function seedOrganisation(folder: string, people: number, cards: number): Promise<Member[]> {
  const owners: Owner[] = [];
  for (let index = 0; index < people; index++) {
    const owner = await seedOwner(folder, `Camille ${index}`);
    await seedCards(folder, owner, cards, owners[0]);
    owners.push(owner);
  }
  await using bench = await openBenchWorld(folder);
  const { db } = bench.world;
  const members: Member[] = [];
  for (const [index, { id: accountId, bookIds }] of owners.entries()) {
    await setPassword(bench.world, accountId, password);
    const bookId = bookIds[0]!;
    const some = db.build.selectFrom('card').select(['id', 'uri']).where('book_id', '=', bookId).limit(mostCards);
    members.push({
      accountId,
      bookId,
      authorization: `Basic ${Buffer.from(`camille.${index}@demo.example:${password}`).toString('base64')}`,
      cards: await db.all(some),
    });
  }
  return members;
}
