import { listRecords } from '../../../core/card/listRecords.ts';
import type { CardRecord, Needles } from '../../../core/card/listRecords.ts';
import { readRecords } from '../../../core/card/cardEntries.ts';
import type { Context } from '../../../core/context.ts';
import { matchesFilter } from '../../../format/vcard/filter.ts';
import { parseVCard } from '../../../format/vcard/parse.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { childOf, textOf } from '../../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../../lib/xml/xmlElement.ts';
import { DavError } from '../errors.ts';
import { multistatus } from '../multistatus.ts';
import type { Responses } from '../multistatus.ts';
import { carddav } from '../names.ts';
import { readPreferences } from '../preferences.ts';
import { truncatedResponse } from '../propstat.ts';
import { readRequested } from '../requested.ts';
import type { Resource } from '../resources.ts';
import { readAddressData } from '../addressData.ts';
import { queryOne } from './oneBookReports.ts';
import { cardResponses } from './cardResponses.ts';
import { needlesOf } from './needles.ts';
import { readFilter } from './readFilter.ts';
import { searchDirectory } from './searchDirectory.ts';

/**
 * `C:addressbook-query` (RFC 6352 §8.6) on a folder or on one card. On a folder Depth 0 or none is read as 1: clients
 * that send it mean the cards.
 */
export async function query(
  context: Context,
  resource: Resource,
  question: XmlElement,
  request: HttpRequest,
): Promise<HttpReply> {
  if (resource.kind === 'directory') return searchDirectory(context, question, request, readLimit(question));
  if (resource.kind === 'oneBook') {
    const { minimal, headers } = readPreferences(request);
    const form = { requested: readRequested(question), minimal };
    readAddressData(form.requested);
    const asked = { filter: readFilter(question), needles: needlesOf(question), limit: readLimit(question), form };
    return multistatus(queryOne(context, asked), headers);
  }
  if (resource.kind !== 'book' && resource.kind !== 'card') throw new DavError(403);
  const filter = readFilter(question);
  const limit = readLimit(question);
  const { minimal, headers } = readPreferences(request);
  const book = resource.kind === 'card' ? resource.book : resource;
  const { respond } = await cardResponses(context, book, { requested: readRequested(question), minimal });
  // A card has another name in the one book.
  const paths = resource.kind === 'card' ? [resource.path] : undefined;
  return multistatus(responses(), headers);

  async function* responses(): Responses {
    let left = limit;
    for await (const page of candidates(context, resource, needlesOf(question))) {
      const found = page.filter(({ vcard }) => matchesFilter(parseVCard(vcard), filter));
      yield await respond(found.slice(0, left), paths);
      if (found.length > left) {
        // RFC 6352 §8.6.2: what was found is told, and that there is more.
        yield truncatedResponse(resource.path);
        return;
      }
      left -= found.length;
    }
  }
}

async function* candidates(
  context: Context,
  resource: Resource,
  needles: Needles | null,
): AsyncGenerator<readonly CardRecord[]> {
  if (resource.kind === 'book') yield* listRecords(context, resource.book.seen.book, needles);
  if (resource.kind !== 'card') return;
  const vcard = (await readRecords(context, resource.card.account_id, [resource.card.id])).get(resource.card.id);
  if (vcard !== undefined) yield [{ ...resource.card, vcard }];
}

function readLimit(question: XmlElement): number {
  const limit = childOf(question, carddav('limit'));
  const number = limit && childOf(limit, carddav('nresults'));
  if (!number) return Infinity;
  const value = Number(textOf(number).trim());
  if (!Number.isInteger(value) || value < 0) throw new DavError(400);
  return value;
}
