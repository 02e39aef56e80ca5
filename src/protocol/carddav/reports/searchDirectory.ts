import type { Context } from '../../../core/context.ts';
import { matchesFilter } from '../../../format/vcard/filter.ts';
import { parseVCard } from '../../../format/vcard/parse.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { escapeXml } from '../../../lib/xml/escapeXml.ts';
import { elementsOf, textOf } from '../../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../../lib/xml/xmlElement.ts';
import { readAddressData, renderRecord } from '../addressData.ts';
import { searchEntries } from '../directory/entries.ts';
import { wholeMultistatus } from '../multistatus.ts';
import { carddav } from '../names.ts';
import { paths } from '../paths.ts';
import { readPreferences } from '../preferences.ts';
import { resourceResponse, truncatedResponse } from '../propstat.ts';
import { readRequested } from '../requested.ts';
import { entryResource } from '../tree.ts';
import { directoryCollations, readFilter } from './readFilter.ts';

/** The directory is searched, not copied: so many are told at once. */
const mostFound = 100;
const mostTexts = 20;

/**
 * `C:addressbook-query` on the directory (draft-daboo-carddav-directory-gateway): those who are found by the beginnings of
 * the words that are looked for, and whose cards the filter then wants. Without a word nobody is found.
 */
export async function searchDirectory(
  context: Context,
  question: XmlElement,
  request: HttpRequest,
  wanted: number,
): Promise<HttpReply> {
  const filter = readFilter(question, directoryCollations);
  const requested = readRequested(question);
  const content = readAddressData(requested);
  const { minimal, headers } = readPreferences(request);
  const texts = [...new Set(textsIn(question))];
  const { entries, isCut } = await searchEntries(context, texts.slice(0, mostTexts), mostFound);
  const found = entries.filter(({ vcard }) => matchesFilter(parseVCard(vcard), filter));
  const limit = Math.min(wanted, mostFound);
  let text = '';
  for (const entry of found.slice(0, limit)) {
    const card = content && escapeXml(renderRecord(entry.vcard, content));
    const extra = (name: string) => (name === carddav('address-data') ? (card ?? undefined) : undefined);
    text += await resourceResponse(context, entryResource(entry), { requested, minimal }, extra);
  }
  // Who was not looked at could be one of them, too.
  if (isCut || texts.length > mostTexts || found.length > limit) text += truncatedResponse(paths.directory);
  return wholeMultistatus(text, headers);
}

/** What is looked for, in whatever property. */
function textsIn(element: XmlElement): string[] {
  return elementsOf(element).flatMap((child) => {
    if (child.name !== carddav('text-match')) return textsIn(child);
    return child.attributes['negate-condition'] === 'yes' ? [] : [textOf(child).trim()];
  });
}
