import { decodeAs } from './decodeBytes.ts';

/** Undoes the quoted-printable of vCard 2.1; without a charset it is UTF-8 when it can be. */
export function decodeQuotedPrintable(value: string, charset: string | undefined): string {
  return value.replace(/(?:=[0-9A-Fa-f]{2})+/g, (run) => {
    const bytes = Uint8Array.from(run.slice(1).split('='), (hex) => Number.parseInt(hex, 16));
    if (charset !== undefined) return decodeAs(charset, bytes);
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return decodeAs('windows-1252', bytes);
    }
  });
}
