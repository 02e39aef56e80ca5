import { MailboxError } from '../lib/mail/mailboxError.ts';
import type { MailboxProblem } from '../lib/mail/mailboxError.ts';

const byCode: readonly (readonly [code: RegExp, problem: MailboxProblem])[] = [
  [/^(?:ERR_TLS_CERT|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA)/u, 'certificate'],
  [/^(?:ERR_SSL_|EPROTO|TLSFailed|NoSTARTTLS)/iu, 'noEncryption'],
  [/^(?:ENOTFOUND|EAI_)/u, 'hostUnknown'],
  [/^(?:ECONN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|NoConnection|.*TIMEOUT|EConnectionClosed)/iu, 'notReached'],
];

/** What an error of the IMAP client means for the one whose mailbox it is. */
export function problemOf(error: unknown): MailboxError {
  if (error instanceof MailboxError) return error;
  const {
    code = '',
    authenticationFailed = false,
    tlsFailed = false,
  } = (error ?? {}) as {
    code?: string;
    authenticationFailed?: boolean;
    tlsFailed?: boolean;
  };
  const known = byCode.find(([pattern]) => pattern.test(String(code)))?.[1];
  const problem = authenticationFailed ? 'loginRefused' : (known ?? (tlsFailed ? 'noEncryption' : 'failed'));
  return new MailboxError(problem, { cause: error });
}
