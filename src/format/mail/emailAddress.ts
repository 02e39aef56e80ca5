const atom = String.raw`[\p{L}\p{N}!#$%&'*+/=?^_\x60{|}~-]+`;
const label = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?`;
const address = new RegExp(String.raw`^${atom}(?:\.${atom})*@${label}(?:\.${label})+$`, 'u');

/**
 * Whether the text is one e-mail address as people have them: RFC 5321 §4.1.2 with dot-atoms only, also in other
 * alphabets (RFC 6531). Quoted local parts and address literals are left out: they come from mistakes.
 */
export function isEmailAddress(text: string): boolean {
  // RFC 5321 §4.5.3.1: 64 octets before the @, 254 in all.
  return text.length <= 254 && text.indexOf('@') <= 64 && address.test(text);
}
