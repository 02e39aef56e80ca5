import type { OctetText } from '../octetText.ts';

// XML 1.0 §2.2: what no document may hold, escaped or not. Lone surrogates cannot be written in UTF-8 either.
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const suspicious = /[&<>"\u0000-\u0008\u000b-\u001f\ufffe\uffff\ud800-\udfff]/;
const isForbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** Text as it stands in an element or in a quoted attribute. A line's CR survives as `&#13;` (XML 1.0 §2.11). */
export function escapeXml(text: string): string {
  if (!suspicious.test(text)) return text;
  const clean = (isForbidden.test(text) ? text.replace(forbidden, '\ufffd') : text).toWellFormed();
  // One after the other: each is a quick search for one letter, and most are not there.
  return clean
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}

// As above, in the octets of UTF-8: U+FFFE and U+FFFF have three of them, lone surrogates none.
const forbiddenOctets = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]|\u00ef\u00bf[\u00be\u00bf]/;
const everyForbiddenOctet = new RegExp(forbiddenOctets, 'g');
const replacement = '\u00ef\u00bf\u00bd';

/** As `escapeXml`, of a text as its octets in UTF-8. */
export function escapeOctets(text: OctetText): OctetText {
  let escaped = forbiddenOctets.test(text) ? text.replace(everyForbiddenOctet, replacement) : text;
  if (escaped.includes('&')) escaped = escaped.replaceAll('&', '&amp;');
  if (escaped.includes('<')) escaped = escaped.replaceAll('<', '&lt;');
  if (escaped.includes('>')) escaped = escaped.replaceAll('>', '&gt;');
  if (escaped.includes('"')) escaped = escaped.replaceAll('"', '&quot;');
  // Of these there is one in each line: that is twice as fast as to replace them.
  return escaped.split('\r').join('&#13;');
}
