import { listCardEntries } from '../../core/card/cardEntries.ts';
import type { CardColumn, CardEntry } from '../../core/card/cardEntries.ts';
import { octetText, readOctetText } from '../../lib/octetText.ts';
import type { OctetText } from '../../lib/octetText.ts';
import { escapeOctets, escapeXml } from '../../lib/xml/escapeXml.ts';
import { isAsStored, renderRecord } from './addressData.ts';
import type { AddressData } from './addressData.ts';
import { carddav, xml } from './names.ts';
import type { DavContext } from './oneBook.ts';
import { isPlainSegment, paths } from './paths.ts';
import { denied } from './properties/define.ts';
import { propertiesOf } from './properties/table.ts';
import { frameOf, namesAsked, responseStart } from './propstat.ts';
import type { AnswerForm, Found } from './propstat.ts';
import type { BookResource, CardResource } from './resources.ts';

/** A card as far as a response is made from it: its name, the columns that the template wants, its content in one form. */
export type CardInList = Pick<CardEntry, 'uri'> &
  Partial<CardEntry> & { readonly vcard?: string; readonly octets?: Uint8Array };

/** Makes the responses of the cards of one folder. */
export type CardTemplate = {
  /** What it is made from. */
  readonly columns: readonly CardColumn[];
  /** `DAV:response` of a card, at its own address or at one that the client spelled; with content, as its octets. */
  respond(card: CardInList, path?: string): string;
};

/** What is the same in every response, or a property of each card. */
type Piece = string | Varying;
type Varying = {
  readonly name: string;
  readonly start: string;
  readonly end: string;
  read(resource: CardResource, card: CardInList): string | undefined;
};

const contentName = carddav('address-data');

/**
 * What is the same for all cards of a folder is made once, from the table of properties, and the rest put in between: of
 * ten thousand cards each response is a few pieces of text. `content` null: that is not told.
 */
export async function cardTemplate(
  context: DavContext,
  book: BookResource,
  form: AnswerForm & { readonly content: AddressData | null },
): Promise<CardTemplate> {
  const { requested, content } = form;
  const isAsked = requested.kind === 'some';
  const table = propertiesOf('card');
  const sample = sampleOf(book);
  const pieces: Piece[] = [];
  const columns = new Set<CardColumn>(['uri']);
  let secret = '';
  let absent = '';
  for (const name of namesAsked(requested, 'card')) {
    const property = table.get(name);
    if (requested.kind === 'names') pieces.push(xml(name));
    else if (content && name === contentName) pieces.push(varying(name, (_, card) => contentOf(card, content)));
    else if (property && property.ofCard.length > 0) {
      for (const column of property.ofCard) columns.add(column);
      // What depends on the card itself is at hand: nothing is waited for.
      pieces.push(varying(name, (resource) => property.read(resource as never, context) as string | undefined));
    } else {
      const value = await property?.read(sample as never, context);
      if (typeof value === 'string') pieces.push(xml(name, value));
      else if (value === denied) secret += xml(name);
      else if (isAsked) absent += xml(name);
    }
  }
  // Content goes out as it lies in the database, so all around it is written as octets, too.
  const write = content ? octetText : (text: string) => text;
  const written = pieces.map((piece) => (typeof piece === 'string' ? write(piece) : writtenAs(piece, write)));
  const framed = (found: Found) => {
    const { before, after } = frameOf(found, form);
    return { before, after: write(after) };
  };
  const usual = framed({ present: pieces.length > 0 ? 'something' : '', secret, absent });
  const base = escapeXml(book.path);
  // Most names need neither form of escaping.
  const placed = (uri: string) => (isPlainSegment(uri) ? base + uri : escapeXml(paths.card(book.path, uri)));
  return {
    columns: [...columns],
    respond(card, path) {
      const resource: CardResource = { kind: 'card', path: book.path, book, card: card as CardEntry };
      let present = '';
      let missing = '';
      for (const piece of written) {
        const value = typeof piece === 'string' ? piece : piece.read(resource, card);
        if (typeof piece === 'string') present += piece;
        else if (value === undefined) missing += isAsked ? xml(piece.name) : '';
        else present += piece.start + value + piece.end;
      }
      const { before, after } = missing === '' ? usual : framed({ present, secret, absent: absent + missing });
      const place = path === undefined ? placed(card.uri) : escapeXml(path);
      return responseStart + write(place) + before + present + after;
    },
  };
}

const cardsAtOnce = 200;

/** The responses of all cards of a folder, without their content. */
export async function* listedCards(context: DavContext, book: BookResource, form: AnswerForm): AsyncGenerator<string> {
  const { columns, respond } = await cardTemplate(context, book, { ...form, content: null });
  for await (const page of listCardEntries(context, book.book.seen.book, { columns })) {
    for (let start = 0; start < page.length; start += cardsAtOnce) {
      let responses = '';
      for (const card of page.slice(start, start + cardsAtOnce)) responses += respond(card);
      yield responses;
    }
  }
}

/** A piece with all that it says in the form of the response; content has it by itself. */
function writtenAs(piece: Varying, write: (text: string) => string): Varying {
  const { name, start, end, read } = piece;
  if (name === contentName) return piece;
  const readWritten: Varying['read'] = (resource, card) => {
    const value = read(resource, card);
    return value === undefined ? undefined : write(value);
  };
  return { name, start: write(start), end: write(end), read: readWritten };
}

/** What is escaped and told of the content, as octets: as it is stored, where that is what is wanted. */
function contentOf({ vcard, octets }: CardInList, wanted: AddressData): OctetText {
  if (!octets) return octetText(escapeXml(renderRecord(vcard!, wanted)));
  const stored = readOctetText(octets);
  if (isAsStored(stored, wanted)) return escapeOctets(stored);
  return octetText(escapeXml(renderRecord(Buffer.from(stored, 'latin1').toString(), wanted)));
}

function varying(name: string, read: Varying['read']): Varying {
  const [start, end] = xml(name, '|').split('|') as [string, string];
  return { name, start, end, read };
}

/** A card of which nothing is known but its folder. */
export function sampleOf(book: BookResource): CardResource {
  const { id, account_id: accountId } = book.book.seen.book;
  const names = { id: '', account_id: accountId, book_id: id, uid: '', uri: '', etag: '' };
  const card = { ...names, size: 0, updated: '', added_by: null };
  return { kind: 'card', path: book.path, book, card };
}
