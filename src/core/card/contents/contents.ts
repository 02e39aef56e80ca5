import type { CardRow } from '../../../db/schema.ts';
import { fromVCard } from '../../../format/jscontact/fromVCard.ts';
import { fileAs, givenName, sortedAs, surname, surname2 } from '../../../format/jscontact/names.ts';
import { searchWords } from '../../../format/jscontact/searchText.ts';
import type { Card } from '../../../format/jscontact/types.ts';
import { matchKeys } from '../../../format/matching/matchKeys.ts';
import { parseVCard } from '../../../format/vcard/parse.ts';
import type { VCard } from '../../../format/vcard/types.ts';
import { foldText } from '../../../lib/fold.ts';
import { lineTexts } from '../../../lib/lineText.ts';
import { takeOutMedia } from './takeOutMedia.ts';
import type { Embedded } from '../../photo/pictureData.ts';
import { markOf } from './mark.ts';
import { textOf } from '../words/textOf.ts';

/** The columns by which cards are sorted. */
type SortKeys = Pick<CardRow, 'file_as' | 'file_as_key' | 'given_key' | 'surname_key' | 'surname2_key'>;

/**
 * Everything that is kept of what a record says, in the form in which it is kept. It depends on the record alone, and
 * can be handed from one thread to another.
 */
export type CardContents = {
  readonly mark: Pick<CardRow, 'etag' | 'size'>;
  readonly uid: string;
  readonly kind: string;
  readonly created: string | undefined;
  readonly updated: string | undefined;
  readonly sortKeys: SortKeys;
  /** The projection as JSON, with blobIds in place of embedded data. */
  readonly data: string;
  readonly blobs: readonly Embedded[];
  /** By what the search finds it. */
  readonly words: string;
  readonly phrases: string;
  /** By what devices find it. */
  readonly texts: { readonly whole: string; readonly brief: string };
  /** By what its duplicates are found. */
  readonly matchKeys: string;
  readonly keywords: readonly string[];
  readonly members: readonly string[];
  readonly addresses: readonly string[];
};

const mostAddresses = 100;

/** What a record says. `record`: what stands in the text, if it has been read already. */
export function contentsOf(vcard: string, record: VCard = parseVCard(vcard)): CardContents {
  const { data, blobs } = takeOutMedia(fromVCard(record));
  const { tokens, phrases } = searchWords(data);
  return {
    mark: markOf(vcard),
    uid: data.uid,
    kind: data.kind ?? 'individual',
    created: utcMillis(data.created),
    updated: utcMillis(data.updated),
    sortKeys: sortKeys(data),
    data: JSON.stringify(data),
    blobs,
    words: textOf(tokens),
    phrases,
    texts: lineTexts(vcard),
    matchKeys: matchKeys(data).join(' '),
    keywords: Object.keys(data.keywords ?? {}),
    members: Object.keys(data.members ?? {}),
    addresses: Object.values(data.emails ?? {})
      .slice(0, mostAddresses)
      .map(({ address }) => address),
  };
}

function sortKeys(card: Card): SortKeys {
  const name = fileAs(card).slice(0, 500);
  const key = (text: string | undefined) => foldText(text ?? '').slice(0, 200);
  return {
    file_as: name,
    file_as_key: key(sortedAs(card)),
    given_key: key(givenName(card)),
    surname_key: key(surname(card)),
    surname2_key: key(surname2(card)),
  };
}

/** Times are compared as text: all in one form. */
function utcMillis(time: string | undefined): string | undefined {
  const date = new Date(time ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
