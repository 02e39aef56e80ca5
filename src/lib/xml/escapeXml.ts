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
