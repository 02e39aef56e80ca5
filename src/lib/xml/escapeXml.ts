const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

// XML 1.0 §2.2: what no document may hold, escaped or not. Lone surrogates cannot be written in UTF-8 either.
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
const special = /[&<>"\r]/g;
const suspicious = /[&<>"\u0000-\u0008\u000b-\u001f\ufffe\uffff\ud800-\udfff]/;

/** Text as it stands in an element or in a quoted attribute. A line's CR survives as `&#13;` (XML 1.0 §2.11). */
export function escapeXml(text: string): string {
  if (!suspicious.test(text)) return text;
  return text.replace(forbidden, '\ufffd').replace(special, (character) => entities[character]!);
}
