const pattern = /^[^\s@<>()[\]\\,;:"\u0000-\u001f]+@[^\s@<>()[\]\\,;:"\u0000-\u001f]+$/u;

/** Whether a text is one plain e-mail address (RFC 5321 §4.1.2, without quoted and literal forms), of a sendable length. */
export function isEmailAddress(text: string): boolean {
  if (text.length > 254 || !pattern.test(text)) return false;
  const [local, domain] = text.split('@') as [string, string];
  return local.length <= 64 && !domain.startsWith('.') && !domain.endsWith('.') && !domain.includes('..');
}
