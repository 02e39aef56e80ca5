import { findCardsNamed } from '../../../core/card/cardEntries.ts';
import type { Context } from '../../../core/context.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { createBreath } from '../../../lib/breath.ts';
import { childrenOf, textOf } from '../../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../../lib/xml/xmlElement.ts';
import { multistatus } from '../multistatus.ts';
import type { Responses } from '../multistatus.ts';
import { dav } from '../names.ts';
import { paths } from '../paths.ts';
import { readPreferences } from '../preferences.ts';
import { statusResponse } from '../propstat.ts';
import { readRequested } from '../requested.ts';
import type { BookResource, Resource } from '../resources.ts';
import { placeOf } from '../tree.ts';
import { readAddressData } from '../addressData.ts';
import { multigetOne } from './oneBookReports.ts';
import { cardResponses } from './cardResponses.ts';
import { addSpelling, eachSpelled, hrefsAtOnce } from './spellings.ts';
import type { Spellings } from './spellings.ts';

/**
 * `C:addressbook-multiget` (RFC 6352 §8.7): each href once, as the client spelled it, however many there are. What is not
 * a card of this folder is not found.
 */
export async function multiget(
  context: Context,
  resource: Resource,
  question: XmlElement,
  request: HttpRequest,
): Promise<HttpReply> {
  const isInOne = resource.path.startsWith(paths.oneHome(context.actor.principalId));
  if (isInOne) return multigetAll(context, question, request);
  const book = resource.kind === 'card' ? resource.book : (resource as BookResource);
  const { minimal, headers } = readPreferences(request);
  const hrefs = hrefsOf(question);
  const answers = await cardResponses(context, book, { requested: readRequested(question), minimal });
  return multistatus(responses(), headers);

  async function* responses(): Responses {
    const breathe = createBreath(5);
    for (let start = 0; start < hrefs.length; start += hrefsAtOnce) {
      await breathe();
      const names: Spellings = new Map();
      for (const href of hrefs.slice(start, start + hrefsAtOnce)) {
        const uri = nameIn(context, book, href);
        if (uri === null) yield statusResponse(href, '404 Not Found');
        else addSpelling(names, uri, href);
      }
      const found = await findCardsNamed(context, book.book.seen.book, [...names.keys()], answers);
      yield* eachSpelled(answers, found, names);
    }
  }
}

function hrefsOf(question: XmlElement): string[] {
  return [...new Set(childrenOf(question, dav('href')).map((element) => textOf(element).trim()))];
}

function multigetAll(context: Context, question: XmlElement, request: HttpRequest): HttpReply {
  const { minimal, headers } = readPreferences(request);
  const form = { requested: readRequested(question), minimal };
  readAddressData(form.requested);
  return multistatus(multigetOne(context, hrefsOf(question), form), headers);
}

/** The name of a card of this folder that an href means; null: it means something else. */
function nameIn(context: Context, { path, book }: BookResource, href: string): string | null {
  // As we write them ourselves.
  const name = href.startsWith(path) ? href.slice(path.length) : '';
  if (/^[\w~-][\w.~-]*$/.test(name)) return name;
  const url = URL.parse(href, `${context.settings.publicUrl}${path}`);
  const place = url && placeOf(url.pathname);
  const isHere =
    place?.kind === 'card' && place.personId === context.actor.principalId && place.segment === book.segment;
  return isHere ? place.uri : null;
}
