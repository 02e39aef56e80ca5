import { cpus, totalmem } from 'node:os';
import { sql } from 'kysely';
import { createCard } from '../src/core/card/createCard.ts';
import { cardQueryState, changedCards } from '../src/core/card/queryChanges.ts';
import { queryCards } from '../src/core/card/queryCards.ts';
import type { CardFilter, CardOrder } from '../src/core/card/queryTypes.ts';
import { updateCard } from '../src/core/card/updateCard.ts';
import { createChance } from '../src/demo/chance.ts';
import { createLargeAccount, inventCard } from './largeAccount.ts';

const cards = Number(process.argv[2] ?? 50_000);
const page = 50;
const rounds = 15;

await using account = await createLargeAccount(cards);
const { context, bookIds } = account;
const accountId = context.actor.principalId;
const byName: CardOrder = [{ property: 'fileAs', isAscending: true }];
const byUpdate: CardOrder = [{ property: 'updated', isAscending: false }];
const byTwo: CardOrder = [
  { property: 'name/surname', isAscending: true },
  { property: 'created', isAscending: false },
];

const query = (filter: object | null, order = byName) =>
  queryCards(context, accountId, filter && ({ operator: null, condition: filter } as CardFilter), order);
const pageOf = async (filter: object | null, offset = 0, order = byName) =>
  (await query(filter, order)).slice(offset, page);

const middle = (await pageOf(null, Math.floor(cards / 2)))[0]!;
const { data } = (await context.db.first(context.db.build.selectFrom('card').select('data').where('id', '=', middle)))!;
const email = (JSON.parse(data) as { emails: { e: { address: string } } }).emails.e.address;

type Task = () => Promise<unknown>;

/** The median of some rounds, after one that does not count. */
async function median(task: Task): Promise<number> {
  await task();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await task();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)]!;
}

async function report(name: string, task: Task, other?: { readonly name: string; readonly task: Task }): Promise<void> {
  const time = await median(task);
  const otherTime = other && (await median(other.task));
  const compared = other
    ? ` (${other.name}: ${otherTime!.toFixed(2)} ms, ${(otherTime! / time).toFixed(1)} times as long)`
    : '';
  console.log(`${name.padEnd(52)} ${time.toFixed(2).padStart(8)} ms${compared}`);
}

console.log(
  `${cards} cards; ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, ${process.platform}`,
);
console.log(`seeded in transactions of 1000: ${account.millisecondsPerCard.toFixed(2)} ms per card`);
await report('first page', () => pageOf(null));
await report('first page of a folder', () => pageOf({ inAddressBook: bookIds[0]! }));
await report('first page, last edited first', () => pageOf(null, 0, byUpdate));
await report('first page by two comparators', () => pageOf(null, 0, byTwo));
await report('deep page', () => pageOf(null, cards - 100));
await report('total', async () => (await query(null)).total());
await report('text: beginning of a word, frequent (« ma »)', () => pageOf({ text: 'ma' }));
await report('text: frequent, deep page', () => pageOf({ text: 'ma' }, 5_000));
await report('text: frequent, total', async () => (await query({ text: 'ma' })).total());
await report('text: two words (« ma li »)', () => pageOf({ text: 'ma li' }));
await report('text: in every card (« edition »)', () => pageOf({ text: 'edition' }));
await report('text: rare (given.surname as in an address)', () => pageOf({ text: email.split('@')[0]! }));
await report('text: phrase (« "chargé de mission" »)', () => pageOf({ text: '"chargé de mission"' }));
await report('text: phrase, total', async () => (await query({ text: '"chargé de mission"' })).total());
await report('text: nothing found', () => pageOf({ text: 'xyzzy' }));
await report('text: frequent in a small folder', () => pageOf({ text: 'ma', inAddressBook: bookIds[3]! }));
await report('email: an address', () => pageOf({ email }));
await report('name/surname: beginning (« ma »)', () => pageOf({ 'name/surname': 'ma' }));
await report('phone: a number', () => pageOf({ phone: '06 39 98 12 34' }));
await report('kind: group', () => pageOf({ kind: 'group' }));
await report('updatedAfter, by name', () => pageOf({ updatedAfter: '2026-05-01T00:00:00.000Z' }));
await report('indexOf, in the middle', async () => (await query(null)).indexOf(middle), {
  name: 'ranking all',
  task: () =>
    context.db.first(
      sql`SELECT position FROM (SELECT id, row_number() OVER (ORDER BY file_as_key, id) - 1 AS position FROM card
        WHERE account_id = ${accountId} AND trash_id IS NULL) AS ranked WHERE id = ${middle}`.compile(context.db.build),
    ),
});
await report('indexOf, frequent text', async () => (await query({ text: 'edition' })).indexOf(middle));

const since = await cardQueryState(context, accountId);
await updateCard(context, middle, (card) => ({
  card: { ...card.content, notes: { n: { note: 'Édité.' } } },
  bookId: card.addressBookId,
}));
const follow = (filter: object | null) => async () => {
  const changed = await changedCards(context, accountId, since);
  return (await query(filter)).indexesOf(changed.now);
};
await report('queryChanges after one edit', follow(null), {
  name: 'all ids again',
  task: async () => (await query(null)).slice(0, null),
});
await report('queryChanges after one edit, with a text', follow({ text: 'edition' }));
const chance = createChance(2);
for (let index = 0; index < 300; index++) await createCard(context, bookIds[0]!, inventCard(chance, index));
await report('queryChanges after 300 new cards', follow(null));
