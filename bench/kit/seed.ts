import { createAddressBook } from '../../src/core/addressbook/createAddressBook.ts';
import { ensureAccount } from '../../src/core/addressbook/ensureAccount.ts';
import { startSession } from '../../src/core/auth/sessions.ts';
import { createCard } from '../../src/core/card/createCard.ts';
import { indexWords } from '../../src/core/card/words/indexWords.ts';
import { transact, within } from '../../src/core/change/transact.ts';
import type { Context, World } from '../../src/core/context.ts';
import { createPeople, createPerson } from '../../src/core/principal/createPerson.ts';
import { createChance } from '../../src/demo/chance.ts';
import { givenNames } from '../../src/demo/words.ts';
import { foldText } from '../../src/lib/fold.ts';
import { newId } from '../../src/lib/ids.ts';
import { briefText, lineText } from '../../src/lib/lineText.ts';
import SqliteDatabase from 'better-sqlite3';
import { databaseFile, openBenchWorld } from './benchWorld.ts';
import { inventCard } from './inventCard.ts';
import { inventWord } from './inventWord.ts';
import { multiply } from './multiply.ts';
import type { Substitution } from './multiply.ts';

/** Somebody with contacts, who is signed in. */
export type Owner = {
  readonly id: string;
  readonly cookie: string;
  /** The folders; the first holds nine cards of ten. */
  readonly bookIds: readonly string[];
};

/** So many are made by the program's own operations; more are copies of them. */
const originals = 500;
const foldersPerPerson = 10;

/** The cookie of a session of this person. */
export async function signedIn(world: World, personId: string): Promise<string> {
  return `coterie=${await startSession(world, personId, { days: 1, by: 'password', address: '127.0.0.1' })}`;
}

/** One person with folders and without cards. */
export async function seedOwner(folder: string, name: string): Promise<Owner> {
  await using bench = await openBenchWorld(folder);
  const email = `${foldText(name).replaceAll(/[^a-z\d]+/gu, '.')}@demo.example`;
  const { id } = await createPerson(bench.world, { name, email });
  const context = bench.as(id);
  await ensureAccount(context);
  const bookIds = await transact(context, async (tx) => {
    const inside = within(context, tx);
    const made: string[] = [];
    for (let index = 0; index < foldersPerPerson; index++)
      made.push(await createAddressBook(inside, id, { name: `Dossier ${index}` }));
    return made;
  });
  return { id, bookIds, cookie: await signedIn(bench.world, id) };
}

/** Makes the first cards of an account one by one. */
async function makeCards(context: Context, bookIds: readonly string[], count: number): Promise<void> {
  const chance = createChance(1);
  await transact(context, async (tx) => {
    const inside = within(context, tx);
    for (let index = 0; index < count; index++)
      await createCard(inside, bookIds[chance.percent(90) ? 0 : chance.below(10)]!, inventCard(chance, index));
  });
}

const cardTables = [
  { name: 'card', key: 'id' },
  { name: 'card_record', key: 'card_id' },
  { name: 'card_token', key: 'card_id' },
  { name: 'card_words', key: 'card_id' },
  { name: 'card_email', key: 'card_id' },
  { name: 'change', key: 'object_id' },
];

/** Fills an account with so many cards: copies of those of the first account, when there is one. */
export async function seedCards(folder: string, owner: Owner, count: number, first?: Owner): Promise<void> {
  const model = first ?? owner;
  if (model === owner) {
    await using bench = await openBenchWorld(folder);
    await makeCards(bench.as(owner.id), owner.bookIds, Math.min(count, originals));
    // Copies are found as these are.
    await indexWords(bench.world);
  }
  const copies = model === owner ? count - Math.min(count, originals) : count;
  if (copies > 0) copyCards(folder, { from: model, to: owner, copies });
}

type Copying = { readonly from: Owner; readonly to: Owner; readonly copies: number };

function copyCards(folder: string, { from, to, copies }: Copying): void {
  const file = databaseFile(folder);
  const database = new SqliteDatabase(file);
  const rows = database
    .prepare<[string, number], { id: string; uid: string; data: string }>(
      'SELECT id, uid, data FROM card WHERE account_id = ? ORDER BY id LIMIT ?',
    )
    .all(from.id, originals);
  const cards = new Map(
    rows.map((row) => [row.id, { uid: row.uid.replace('urn:uuid:', ''), name: surnameIn(row.data) }]),
  );
  let seq = database.prepare<[string], { seq: number }>('SELECT seq FROM account WHERE id = ?').get(to.id)!.seq;
  const places = [from.id, ...from.bookIds].map((id, index) => [id, [to.id, ...to.bookIds][index]!] as const);
  const now = new Date();
  const substitution = (id: string, copy: number): Substitution => {
    const { uid, name } = cards.get(id)!;
    const other = inventWord(copy + originals);
    const newUid = crypto.randomUUID();
    return new Map([
      ...places,
      [id, newId('c', now)],
      [uid, newUid],
      [name, other],
      [name.toLowerCase(), other.toLowerCase()],
    ]);
  };
  const numbered = { table: 'change', column: 'seq', next: () => ++seq };
  multiply(file, { tables: cardTables, ids: [...cards.keys()], copies, substitution, numbered });
  for (const [table, textOf] of [['card_text', lineText] as const, ['card_brief', briefText] as const]) {
    database.function(`text_of_${table}`, (text) => textOf(String(text)));
    database
      .prepare(
        `INSERT OR IGNORE INTO ${table} (book_id, card_id, text, account_id)
         SELECT card.book_id, card.id, text_of_${table}(card_record.vcard), card.account_id
         FROM card JOIN card_record ON card_record.card_id = card.id WHERE card.account_id = ?`,
      )
      .run(to.id);
  }
  database.prepare('UPDATE account SET seq = ? WHERE id = ?').run(seq, to.id);
  database
    .prepare(
      `UPDATE address_book SET cards_seq = ?, card_count = (SELECT count(*) FROM card WHERE book_id = address_book.id)
       WHERE account_id = ? AND id IN (SELECT book_id FROM card WHERE account_id = ?)`,
    )
    .run(seq, to.id, to.id);
  database.close();
}

function surnameIn(data: string): string {
  const { name } = JSON.parse(data) as { name: { components: { value: string }[] } };
  return name.components[1]!.value;
}

const personTables = [
  { name: 'principal', key: 'id' },
  { name: 'principal_login', key: 'principal_id' },
  { name: 'principal_token', key: 'principal_id' },
  { name: 'principal_change', key: 'principal_id' },
];

/** The local directory as far as the benchmark has filled it. */
export type People = { readonly ids: readonly string[]; readonly count: number };

/** Makes the directory so large; `before` is what it holds already. */
export async function seedPeople(folder: string, count: number, before: People | null): Promise<People> {
  const people = before ?? (await makePeople(folder, Math.min(count, originals)));
  const copies = count - people.count;
  if (copies <= 0) return people;
  const now = new Date();
  const substitution = (id: string, copy: number): Substitution => {
    const name = inventWord(people.ids.indexOf(id));
    const other = inventWord(people.count + copy);
    return new Map([
      [id, newId('p', now)],
      [name, other],
      [name.toLowerCase(), other.toLowerCase()],
    ]);
  };
  multiply(databaseFile(folder), { tables: personTables, ids: people.ids, copies, substitution });
  return { ids: people.ids, count };
}

async function makePeople(folder: string, count: number): Promise<People> {
  await using bench = await openBenchWorld(folder);
  const wanted = Array.from({ length: count }, (_, index) => {
    const [given, surname] = [givenNames[index % givenNames.length]!, inventWord(index)];
    const localPart = foldText(`${given}.${surname}`).replaceAll(/[^a-z.]+/gu, '-');
    return { name: `${given} ${surname}`, email: `${localPart}@demo.example` };
  });
  const rows = await createPeople(bench.world, wanted);
  return { ids: rows.map(({ id }) => id), count };
}
