import { isDeepStrictEqual } from 'node:util';
import type { Reader } from '../../db/database.ts';
import type { CardRow } from '../../db/schema.ts';
import { fromVCard } from '../../format/jscontact/fromVCard.ts';
import type { Card } from '../../format/jscontact/types.ts';
import { matchKeys } from '../../format/matching/matchKeys.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import { lineTexts } from '../../lib/lineText.ts';
import { markOf } from './contents/mark.ts';
import { takeOutMedia } from './contents/takeOutMedia.ts';
import { strayWords, wrongWords } from './words/checkWords.ts';
import type { CardFault } from './words/checkWords.ts';

const [cardsPerPage, octetsPerPage] = [200, 8_000_000];

/**
 * Proves for every card that everything derived from it agrees with its record (`data = fromVCard(record)`), and that
 * exactly its words find it. Works in pages, so that memory does not grow with the database; `onPage` is told how many
 * cards have been checked.
 */
export async function checkCards(
  { db }: { readonly db: Reader },
  onPage: (checked: number) => void,
): Promise<CardFault[]> {
  const faults: CardFault[] = [];
  let checked = 0;
  for (let last = ''; ;) {
    const ids = await nextIds(db, last);
    if (ids.length === 0) return [...faults, ...(await strayWords(db))];
    const page = await readPage(db, ids);
    const besides = await readBesides(db, ids);
    for (const row of page) {
      const problem = problemOf(row, besides);
      if (problem !== null) faults.push({ id: row.id, problem });
    }
    faults.push(...(await wrongWords(db, page)));
    checked += page.length;
    onPage(checked);
    last = ids.at(-1)!;
  }
}

/** The next cards, as many as are read at once: one at least, however large. */
async function nextIds(db: Reader, last: string): Promise<string[]> {
  const some = db.build
    .selectFrom('card')
    .select(['id', 'size'])
    .where('id', '>', last)
    .orderBy('id')
    .limit(cardsPerPage);
  let octets = 0;
  const fitting = (await db.all(some)).filter(({ size }, index) => (octets += size) <= octetsPerPage || index === 0);
  return fitting.map(({ id }) => id);
}

type Checked = CardRow & {
  readonly vcard: string | null;
  readonly whole: string | null;
  readonly brief: string | null;
  readonly keys: string | null;
  readonly unmatched: string | null;
};

async function readPage(db: Reader, ids: readonly string[]): Promise<Checked[]> {
  return db.all(
    db.build
      .selectFrom('card')
      .leftJoin('card_record', 'card_record.card_id', 'card.id')
      .leftJoin('card_text', (on) =>
        on.onRef('card_text.card_id', '=', 'card.id').onRef('card_text.book_id', '=', 'card.book_id'),
      )
      .leftJoin('card_brief', (on) =>
        on.onRef('card_brief.card_id', '=', 'card.id').onRef('card_brief.book_id', '=', 'card.book_id'),
      )
      .leftJoin('card_match', (on) =>
        on.onRef('card_match.card_id', '=', 'card.id').onRef('card_match.book_id', '=', 'card.book_id'),
      )
      .leftJoin('card_unmatched', 'card_unmatched.card_id', 'card.id')
      .selectAll('card')
      .select(['card_record.vcard', 'card_text.text as whole', 'card_brief.text as brief'])
      .select(['card_match.keys', 'card_unmatched.card_id as unmatched'])
      .where('card.id', 'in', ids)
      .orderBy('card.id'),
  );
}

type Besides = {
  readonly keywords: Map<string, string[]>;
  readonly members: Map<string, string[]>;
  readonly emails: Map<string, string[]>;
  readonly blobs: Map<string, string[]>;
};

/** What stands of these cards in tables with several rows for each. */
async function readBesides(db: Reader, ids: readonly string[]): Promise<Besides> {
  const { build } = db;
  const byCard = async (query: { compile(): never } | object): Promise<Map<string, string[]>> => {
    const rows = await db.all(query as Parameters<typeof db.all<{ card_id: string; value: string }>>[0]);
    const groups = Map.groupBy(rows, ({ card_id: cardId }) => cardId);
    return new Map(Array.from(groups, ([id, own]) => [id, own.map(({ value }) => value)]));
  };
  return {
    keywords: await byCard(
      build.selectFrom('card_keyword').select(['card_id', 'keyword as value']).where('card_id', 'in', ids),
    ),
    members: await byCard(
      build.selectFrom('card_member').select(['card_id', 'uid as value']).where('card_id', 'in', ids),
    ),
    emails: await byCard(
      build
        .selectFrom('card_email')
        .select(['card_id', 'address as value'])
        .where('card_id', 'in', ids)
        .orderBy('position'),
    ),
    blobs: await byCard(
      build.selectFrom('card_blob').select(['card_id', 'blob_id as value']).where('card_id', 'in', ids),
    ),
  };
}

function problemOf(row: Checked, besides: Besides): string | null {
  const { vcard } = row;
  if (vcard === null) return 'it has no record';
  try {
    const { data, blobs } = takeOutMedia(fromVCard(parseVCard(vcard)));
    const fresh = JSON.parse(JSON.stringify(data)) as Card;
    const blobIds = blobs.map(({ id }) => id);
    return checks.find(({ holds }) => !holds({ row, vcard, fresh, blobIds, besides }))?.problem ?? null;
  } catch (error) {
    return `the record cannot be read: ${(error as Error).message}`;
  }
}

type Case = {
  readonly row: Checked;
  readonly vcard: string;
  readonly fresh: Card;
  readonly blobIds: readonly string[];
  readonly besides: Besides;
};

const same = (one: Iterable<string>, other: Iterable<string>) =>
  isDeepStrictEqual([...new Set(one)].sort(), [...new Set(other)].sort());

/** What is kept of a card, each with what is said when it is not that of the record. */
const checks: readonly { readonly problem: string; holds(each: Case): boolean }[] = [
  {
    problem: 'the projection differs from the record',
    holds: ({ row, fresh }) => isDeepStrictEqual(fresh, JSON.parse(row.data)),
  },
  {
    problem: 'its uid or its kind is not that of the record',
    holds: ({ row, fresh }) => row.uid === fresh.uid && row.kind === (fresh.kind ?? 'individual'),
  },
  {
    problem: 'its etag or its size is not that of the record',
    holds: ({ row, vcard }) => isDeepStrictEqual(markOf(vcard), { etag: row.etag, size: row.size }),
  },
  {
    problem: 'the texts in which it is looked for are not those of the record',
    holds: ({ row, vcard }) => isDeepStrictEqual(lineTexts(vcard), { whole: row.whole, brief: row.brief }),
  },
  {
    problem: 'its tags are not those of the record',
    holds: ({ row, fresh, besides }) => same(besides.keywords.get(row.id) ?? [], Object.keys(fresh.keywords ?? {})),
  },
  {
    problem: 'its members are not those of the record',
    holds: ({ row, fresh, besides }) => same(besides.members.get(row.id) ?? [], Object.keys(fresh.members ?? {})),
  },
  {
    problem: 'its addresses are not those of the record',
    holds: ({ row, fresh, besides }) =>
      isDeepStrictEqual(
        besides.emails.get(row.id) ?? [],
        Object.values(fresh.emails ?? {})
          .slice(0, 100)
          .map(({ address }) => address),
      ),
  },
  {
    problem: 'the keys by which its duplicates are found are not those of the record',
    holds: ({ row, fresh }) => row.unmatched !== null || same(words(row.keys ?? ''), matchKeys(fresh).map(String)),
  },
  {
    problem: 'the pictures and sounds that are kept for it are not those of the record',
    holds: ({ row, blobIds, besides }) => same(besides.blobs.get(row.id) ?? [], blobIds),
  },
];

function words(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}
