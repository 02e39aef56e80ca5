import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AppError } from '../errors.ts';
import type { SmtpServer, SmtpTls } from './smtp.ts';

/** The settings of the mail server, as they are read from the environment. */
type SmtpSettings = {
  readonly smtpUrl: string | null;
  readonly smtpPasswordFile: string;
  readonly smtpTls: SmtpTls;
  readonly smtpCaFile: string;
};

/** The mail server that the settings name, with what their files hold; null: none is set up. */
export function readSmtpServer({ smtpUrl, smtpPasswordFile, smtpTls, smtpCaFile }: SmtpSettings): SmtpServer | null {
  if (smtpUrl === null) return null;
  const password = read('COTERIE_SMTP_PASSWORD_FILE', smtpPasswordFile)?.trimEnd();
  const ca = read('COTERIE_SMTP_CA_FILE', smtpCaFile);
  if (ca !== undefined) requireCertificates(ca, smtpCaFile);
  return { url: smtpUrl, password, tls: smtpTls, ca };
}

function read(name: string, file: string): string | undefined {
  if (file === '') return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new AppError(
      'invalid',
      `${name} names the file ${file}, which cannot be read: check the path and its permissions.`,
    );
  }
}

/** TLS passes over what it cannot read, and then trusts nobody, without a word. */
function requireCertificates(text: string, file: string): void {
  const parts = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu) ?? [];
  try {
    for (const part of parts) new X509Certificate(part);
    if (parts.length > 0) return;
  } catch {
    // Said below.
  }
  throw new AppError('invalid', `COTERIE_SMTP_CA_FILE names the file ${file}, which holds no certificate in PEM form.`);
}
