import { AppError } from '../errors.ts';
import { readCertificateFile, readSettingFile } from '../lib/settingFile.ts';
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
  try {
    const password = readSettingFile('COTERIE_SMTP_PASSWORD_FILE', smtpPasswordFile)?.trimEnd();
    return { url: smtpUrl, password, tls: smtpTls, ca: readCertificateFile('COTERIE_SMTP_CA_FILE', smtpCaFile) };
  } catch (error) {
    throw new AppError('invalid', (error as Error).message);
  }
}
