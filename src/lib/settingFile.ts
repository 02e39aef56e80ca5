import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** What the file holds that a setting names; undefined: it names none. Throws a sentence for the administrator. */
export function readSettingFile(setting: string, file: string): string | undefined {
  if (file === '') return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Error(`${setting} names the file ${file}, which cannot be read: check the path and its permissions.`);
  }
}

/** The same of a file of certificates: TLS passes over what it cannot read, and then trusts nobody, without a word. */
export function readCertificateFile(setting: string, file: string): string | undefined {
  const text = readSettingFile(setting, file);
  if (text === undefined || holdsCertificates(text)) return text;
  throw new Error(`${setting} names the file ${file}, which holds no certificate in PEM form.`);
}

function holdsCertificates(text: string): boolean {
  const parts = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu) ?? [];
  try {
    for (const part of parts) new X509Certificate(part);
    return parts.length > 0;
  } catch {
    return false;
  }
}
