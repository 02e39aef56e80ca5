import { ensureAccount } from '../../src/core/addressbook/ensureAccount.ts';
import { transact, within } from '../../src/core/change/transact.ts';
import { answerInvitation } from '../../src/core/invitation/answerInvitation.ts';
import { createGroup } from '../../src/core/principal/createGroup.ts';
import { createShare } from '../../src/core/share/createShare.ts';
import { noMail } from '../../src/core/share/types.ts';
import { rightsOfRole } from '../../src/core/sharing/rights.ts';
import { openBenchWorld } from './benchWorld.ts';
import { signedIn } from './seed.ts';
import type { Owner, People } from './seed.ts';

/** Colleagues who have accepted a folder of the owner, and are signed in. */
export type Team = {
  readonly bookId: string;
  readonly members: readonly { readonly id: string; readonly cookie: string }[];
};

/** Shares a folder with a group of so many people, all of whom accept. */
export async function seedTeam(folder: string, owner: Owner, people: People, size: number): Promise<Team> {
  await using bench = await openBenchWorld(folder);
  const { world } = bench;
  const ids = people.ids.slice(0, size);
  const group = await createGroup(world, { name: 'Équipe', email: 'equipe@demo.example', memberIds: ids });
  const bookId = owner.bookIds[1]!;
  const share = {
    addressBookId: bookId,
    type: 'principal',
    principalId: group.id,
    rights: rightsOfRole.manager,
  } as const;
  await createShare(bench.as(owner.id), share, noMail);
  await transact(world, async (tx) => {
    for (const id of ids) {
      const member = within(bench.as(id), tx);
      await ensureAccount(member);
      await answerInvitation(member, bookId, { status: 'accepted' });
    }
  });
  const members: { id: string; cookie: string }[] = [];
  for (const id of ids) members.push({ id, cookie: await signedIn(world, id) });
  return { bookId, members };
}
