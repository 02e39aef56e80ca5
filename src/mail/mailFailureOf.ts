import { MailFailure } from '../lib/mail/mailFailure.ts';

/** What is known of an error of nodemailer. */
type SmtpError = Error & {
  readonly code?: unknown;
  readonly command?: unknown;
  readonly responseCode?: unknown;
  readonly cause?: unknown;
};

const certificates =
  /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|ERR_TLS_CERT_\w+|HOSTNAME_MISMATCH)$/u;

/** What an error of sending means for the mail, with a hint for the administrator where there is one to give. */
export function mailFailureOf(error: unknown): MailFailure {
  const facts: SmtpError = error instanceof Error ? error : new Error(String(error));
  const message = withHint(facts);
  const { code, command, responseCode } = facts;
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return new MailFailure('away', message, { cause: error });
  // An address that cannot be written in SMTP will not become one.
  if (command === 'API') return new MailFailure('refused', message, { cause: error });
  if (typeof responseCode !== 'number' || responseCode === 421)
    return new MailFailure('away', message, { cause: error });
  if (responseCode < 500) return new MailFailure('deferred', message, { cause: error });
  // RFC 5321 §4.2.1: no for good. About the sender or the sign-in (RFC 4954 §6) it is about every mail, and to be mended.
  const isAboutUs = command === 'MAIL FROM' || [530, 534, 535, 538].includes(responseCode);
  return new MailFailure(isAboutUs ? 'away' : 'refused', message, { cause: error });
}

function withHint({ message, code, cause }: SmtpError): string {
  const causes = [code, typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined];
  const isUntrusted =
    causes.some((each) => typeof each === 'string' && certificates.test(each)) ||
    /certificate|altnames/iu.test(message);
  if (isUntrusted)
    return `${message} (the certificate of the mail server is not trusted for its name: see COTERIE_SMTP_CA_FILE)`;
  if (code === 'EAUTH') return `${message} (check the user in COTERIE_SMTP_URL and COTERIE_SMTP_PASSWORD_FILE)`;
  return message;
}
