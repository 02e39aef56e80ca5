import { normalize } from '../../lib/unicode/normalize.ts';

/** The form in which addresses are compared: case means nothing, not even before the @ (as every mail server has it). */
export function emailKey(email: string): string {
  return normalize(email.trim(), 'NFC').toLowerCase();
}
