import assert from 'node:assert/strict';
import { items, session } from '../../../kit/calls.ts';
import type { Person, Result } from '../../../kit/person.ts';
import { ownedBy } from './play.ts';

/** Looks over the shoulder of somebody: whether anything reaches them of folders that they may not read. */
export function createWatch(owner: Person, reader: Person, uploads: ReadonlyMap<string, Person>) {
  /** What the reader was rightly shown at some time: it may be named again, as gone. */
  const seen = new Set<string>();
  const remember = (objects: readonly Result[]) => {
    for (const object of objects) for (const word of wordsOf(object)) seen.add(word);
  };

  return {
    async look(pushed: string): Promise<void> {
      const where = { accountId: owner.id };
      const books = items((await reader.call('AddressBook/get', where))['list']);
      const cards = items((await reader.call('ContactCard/get', where))['list']);
      remember(books);
      remember(cards);
      const history = await historyOf(owner, reader, books);
      remember(history);
      const secrets = secretsOf(await ownedBy(owner), new Set(books.map((book) => String(book['id']))));
      const answers = [pushed, JSON.stringify(await session(reader)), JSON.stringify([books, cards])];
      answers.push(...(await everythingThatCanBeAsked(owner, reader)));
      for (const secret of secrets) {
        if (seen.has(secret)) continue;
        const leak = answers.find((answer) => answer.includes(secret));
        assert.equal(leak, undefined, `${reader.name} learned « ${secret} »`);
      }
      await requireCounts(reader, owner.id, books, cards);
      await requireNews(reader, owner.id);
      const mine = (blobId: string) => uploads.get(blobId) === reader;
      const shown = new Set(cards.flatMap(blobsOf));
      await requireBlobs({
        owner,
        reader,
        blobIds: [...uploads.keys()].filter((blobId) => !mine(blobId)),
        shown,
        remembered: new Set(history.flatMap(blobsOf)),
      });
    },
  };
}

/** The cards as they were, of all that the reader is told to have happened: in folders that they may read, and no others. */
async function historyOf(owner: Person, reader: Person, books: readonly Result[]): Promise<Result[]> {
  const theirs = { accountId: owner.id };
  const past: Result[] = [];
  for (const book of books) {
    const { ids } = await reader.call('CardVersion/query', {
      ...theirs,
      filter: { inAddressBook: book['id'] },
      limit: 200,
    });
    const { list } = await reader.call('CardVersion/get', { ...theirs, ids: ids ?? [] });
    for (const version of items(list)) {
      assert.equal(version['addressBookId'], book['id'], `${reader.name} sees what happened elsewhere`);
      const names = { id: version['cardId'], name: version['name'] } as unknown as Result;
      past.push(names, ...[version['before'], version['after']].flatMap((card) => (card ? [card] : [])));
    }
  }
  return past;
}

/** Names and ids, as they would stand in an answer. */
function wordsOf(object: Result): string[] {
  const keywords = Object.keys(object['keywords'] ?? {});
  const uid = object['uid'];
  return [object['id'], nameIn(object), uid, ...keywords, ...blobsOf(object)].filter(
    (word) => typeof word === 'string',
  );
}

/** A folder has a name, a card has one inside of it. */
function nameIn(object: Result): unknown {
  const name: unknown = object['name'];
  return typeof name === 'object' && name !== null ? (name as { full?: string }).full : name;
}

type Owned = Awaited<ReturnType<typeof ownedBy>>;

function secretsOf({ books, cards, shares, trash }: Owned, readable: ReadonlySet<string>): Set<string> {
  const hidden = [
    ...books.filter((book) => !readable.has(String(book['id']))),
    ...cards.filter((card) => !Object.keys(card['addressBookIds'] ?? {}).some((id) => readable.has(id))),
    ...shares.filter((share) => !readable.has(String(share['addressBookId']))),
  ];
  const names = new Set(books.filter((book) => readable.has(String(book['id']))).map((book) => String(book['name'])));
  const words = hidden.flatMap(wordsOf).filter((word) => word.length > 3 && !names.has(word));
  // « Contacts » and the like are words of everybody's.
  const common = new Set(['Contacts', 'Personnes contactées par mail', 'Accueil', 'Ben', 'Chloé', 'Ada']);
  return new Set([...words, ...trash.map((item) => String(item['id']))].filter((word) => !common.has(word)));
}

async function everythingThatCanBeAsked(owner: Person, reader: Person): Promise<string[]> {
  const theirs = { accountId: owner.id };
  const calls = [
    ['Share/get', theirs],
    ['ContactCard/query', { ...theirs, calculateTotal: true }],
    ['ContactCard/query', { ...theirs, filter: { text: 'N' }, calculateTotal: true }],
    ['ContactCard/changes', { ...theirs, sinceState: '0-0' }],
    ['AddressBook/changes', { ...theirs, sinceState: '0-0' }],
    ['Principal/get', {}],
    ['ShareInvitation/get', {}],
    ['Quota/get', {}],
    ['Suggestion/query', { text: 'N', limit: 20, sources: ['directory', 'contacts'] }],
  ] as const;
  const replies: string[] = [];
  for (const [name, args] of calls) replies.push(JSON.stringify(await reader.call(name, args)));
  return replies;
}

/** The files that a card shows. */
function blobsOf(card: Result): string[] {
  const media = (card['media'] ?? {}) as Readonly<Record<string, { blobId?: string }>>;
  return Object.values(media).flatMap(({ blobId }) => blobId ?? []);
}

type Files = {
  readonly owner: Person;
  readonly reader: Person;
  readonly blobIds: readonly string[];
  readonly shown: ReadonlySet<string>;
  readonly remembered: ReadonlySet<string>;
};

/** Of the files of others one reads those on cards that one sees, by every way, some that were on them, and no other. */
async function requireBlobs({ owner, reader, blobIds, shown, remembered }: Files): Promise<void> {
  const theirs = { accountId: owner.id, ids: blobIds };
  const got = await reader.call('Blob/get', { ...theirs, properties: ['size'] });
  const found = items(got['list']).map((blob) => String(blob['id']));
  assert.deepEqual(
    found.filter((id) => !shown.has(id) && !remembered.has(id)),
    [],
    `${reader.name} reads files of others`,
  );
  const missing = blobIds.filter((id) => shown.has(id) && !found.includes(id));
  if (!got['type']) assert.deepEqual(missing, [], `${reader.name}: files`);
  const uses = await reader.call('Blob/lookup', { ...theirs, typeNames: ['ContactCard', 'AddressBook'] });
  for (const { id, matchedIds } of items(uses['list']) as unknown as { id: string; matchedIds: object }[]) {
    const matched = Object.values(matchedIds).flat().length > 0;
    assert.equal(matched, shown.has(id), `${reader.name} learns where ${id} is used`);
  }
  for (const blobId of blobIds.filter((id) => !shown.has(id) && !remembered.has(id)).slice(0, 3)) {
    const reply = await reader.get(`/jmap/download/${owner.id}/${blobId}/x.png`);
    assert.equal(reply.status, 404, `${reader.name} downloads ${blobId}`);
  }
}

/** One is notified of what one could read before, or can now, and of nothing else. */
async function requireNews(reader: Person, ownerId: string): Promise<void> {
  for (const news of items((await reader.call('ShareNotification/get'))['list'])) {
    const reads = [news['oldRights'], news['newRights']].some((rights) => Boolean(rights?.['mayRead']));
    assert.ok(reads, `${reader.name} was notified of « ${news['name']} », which they could never read`);
    assert.equal(news['objectAccountId'], ownerId);
  }
}

/** Totals count what can be read and nothing else. */
async function requireCounts(reader: Person, accountId: string, books: Result[], cards: Result[]): Promise<void> {
  const all = await reader.call('ContactCard/query', { accountId, calculateTotal: true, limit: 1 });
  if (all['type']) return;
  assert.equal(Number(all['total']), cards.length, `${reader.name}: total`);
  for (const book of books) {
    const inside = cards.filter((card) => String(book['id']) in (card['addressBookIds'] ?? {}));
    assert.equal(Number(book['cardCount']), inside.length, `${reader.name}: cardCount`);
  }
}
