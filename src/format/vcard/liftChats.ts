import { makeParam, paramValue, paramValues, rewriteLine, withoutParams } from './line.ts';
import { escapeText, isUri, unescapeText } from './text.ts';
import type { VCardLine } from './types.ts';
import { isNamed, type SourcedLine } from './upgradeMany.ts';

// Schemes under which the chat addresses of old programs are known to IMPP.
const chats: Record<string, readonly [service: string | undefined, scheme: string]> = {
  'X-AIM': ['AIM', 'aim'],
  'X-ICQ': ['ICQ', 'icq'],
  'X-JABBER': ['Jabber', 'xmpp'],
  'X-MSN': ['MSN', 'msnim'],
  'X-YAHOO': ['Yahoo', 'ymsgr'],
  'X-YAHOO-ID': ['Yahoo', 'ymsgr'],
  'X-SKYPE': ['Skype', 'skype'],
  'X-SKYPE-USERNAME': ['Skype', 'skype'],
  'X-GADUGADU': ['Gadu-Gadu', 'gg'],
  'X-GOOGLE-TALK': ['GoogleTalk', 'xmpp'],
  'X-GTALK': ['GoogleTalk', 'xmpp'],
  'X-GROUPWISE': ['GroupWise', 'groupwise'],
  'X-QQ': ['QQ', 'x-qq'],
  'X-MATRIX': ['Matrix', 'matrix'],
  'X-SIP': ['SIP', 'sip'],
  // Outlook does not say which service it is.
  'X-MS-IMADDRESS': [undefined, 'im'],
};

/** Gives the chat addresses of old programs the name IMPP (RFC 4770). */
export function liftChats(lines: readonly SourcedLine[]): SourcedLine[] {
  const isChat = ({ line }: SourcedLine): boolean =>
    Object.hasOwn(chats, line.name.toUpperCase()) && line.value.trim() !== '';
  if (!lines.some(isChat)) return [...lines];
  // Apple writes IMPP and X-JABBER for one address: the two lines say one thing.
  const known = new Map(lines.filter(isNamed('IMPP')).map((entry) => [addressOf(entry.line.value), entry]));
  const twins = new Map<SourcedLine, number[]>();
  const lifted = lines.flatMap((entry): SourcedLine[] => {
    if (!isChat(entry)) return [entry];
    const line = liftChat(entry.line);
    const twin = known.get(addressOf(line.value));
    if (!twin) return [{ line, sources: entry.sources }];
    twins.set(twin, [...(twins.get(twin) ?? []), ...entry.sources]);
    return [];
  });
  return lifted.map((entry) =>
    twins.has(entry) ? { line: entry.line, sources: [...entry.sources, ...twins.get(entry)!] } : entry,
  );
}

function addressOf(uri: string): string {
  return decode(uri.slice(uri.indexOf(':') + 1)).toLowerCase();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function liftChat(line: VCardLine): VCardLine {
  const [service, scheme] = chats[line.name.toUpperCase()]!;
  const address = unescapeText(line.value).trim();
  const value = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `${scheme}:${encodeURI(address.toWellFormed())}`;
  const params = service === undefined ? line.params : [...line.params, makeParam('SERVICE-TYPE', service)];
  return rewriteLine(line, { name: 'IMPP', value, params });
}

const usages = new Set(['home', 'work', 'pref', 'internet']);
const textScheme = 'x-apple:';

/** Apple's X-SOCIALPROFILE as RFC 9554 §3.5 has it; undefined when the line says nothing. */
export function liftSocialProfile(line: VCardLine): VCardLine | undefined {
  const types = paramValues(line, 'TYPE').flatMap((value) => value.split(',').map((type) => type.trim()));
  const service = paramValue(line, 'SERVICE-TYPE') ?? types.find((type) => type && !usages.has(type.toLowerCase()));
  const others = types.filter((type) => type && type !== service);
  const user = paramValue(line, 'X-USER') || paramValue(line, 'USERNAME');
  const isText = line.value.startsWith(textScheme) || !isUri(line.value);
  const text = line.value.startsWith(textScheme)
    ? decode(unescapeText(line.value.slice(textScheme.length)))
    : unescapeText(line.value) || user;
  if (!text) return undefined;
  const params = [
    ...withoutParams(line.params, 'TYPE', 'SERVICE-TYPE', 'VALUE', 'USERNAME', 'X-USER'),
    ...(others.length > 0 ? [makeParam('TYPE', ...others)] : []),
    ...(service ? [makeParam('SERVICE-TYPE', service)] : []),
    ...(isText ? [makeParam('VALUE', 'text')] : []),
    ...(user && (!isText || user !== text) ? [makeParam(isText ? 'X-USER' : 'USERNAME', user)] : []),
  ];
  return rewriteLine(line, { name: 'SOCIALPROFILE', value: isText ? escapeText(text) : line.value, params });
}

/** RFC 9554's SOCIALPROFILE as the programs that write 3.0 know it. */
export function downgradeSocialProfile(line: VCardLine): VCardLine {
  const [service, user] = [paramValue(line, 'SERVICE-TYPE'), paramValue(line, 'USERNAME')];
  const isType = service !== undefined && /^[^,;:"]+$/.test(service) && !usages.has(service.toLowerCase());
  const isText = paramValue(line, 'VALUE')?.toLowerCase() === 'text';
  const types = paramValues(line, 'TYPE');
  const text = unescapeText(line.value);
  const said = isText ? text : user;
  return rewriteLine(line, {
    name: 'X-SOCIALPROFILE',
    value: isText ? `${textScheme}${encodeURIComponent(text.toWellFormed())}` : line.value,
    params: [
      ...(isType || types.length > 0 ? [makeParam('TYPE', ...(isType ? [service] : []), ...types)] : []),
      ...withoutParams(line.params, 'TYPE', 'VALUE', 'USERNAME', 'X-USER', ...(isType ? ['SERVICE-TYPE'] : [])),
      ...(said === undefined ? [] : [makeParam('X-USER', said)]),
    ],
  });
}
