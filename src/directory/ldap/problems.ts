import { ResultCodeError } from 'ldapts';
import { AppError } from '../../errors.ts';

/** A sentence for each way in which directories refuse, with what to change. RFC 4511 §4.1.9 has the numbers. */
const hints: Readonly<Record<number, string>> = {
  3: 'the server took too long: index the attributes of the filters, or raise its time limit for Coterie',
  4: 'the server gives only so many entries: raise its size limit for Coterie, or lower COTERIE_LDAP_PAGE_SIZE',
  8: 'the server wants a stronger sign-in: use ldaps:// or StartTLS (COTERIE_LDAP_TLS)',
  10: 'the server sends us to another one: name that in COTERIE_LDAP_URL',
  11: 'an administrative limit of the server is too low for Coterie',
  13: 'the server wants an encrypted connection: use ldaps:// or StartTLS (COTERIE_LDAP_TLS)',
  32: 'there is no such entry, or Coterie may not see it: check COTERIE_LDAP_BASE',
  34: 'this is no name of an entry: check COTERIE_LDAP_BASE and COTERIE_LDAP_BIND_DN',
  48: 'check COTERIE_LDAP_BIND_DN: this entry cannot sign in',
  49: 'check COTERIE_LDAP_BIND_DN and COTERIE_LDAP_BIND_PASSWORD',
  50: 'the entry COTERIE_LDAP_BIND_DN has not the right to read this',
  53: 'the server refuses this for good',
};

const byCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there: is the server running, is the port right?',
  ENOTFOUND: 'this name is not known: check COTERIE_LDAP_URL',
  EAI_AGAIN: 'the name server does not answer',
  EHOSTUNREACH: 'there is no way to this machine',
  ENETUNREACH: 'there is no way to this network',
  ETIMEDOUT: 'it does not answer: is a firewall between?',
  ECONNRESET: 'the server broke the connection off',
  CERT_HAS_EXPIRED: 'the certificate of the server has expired',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'the certificate of the server is for other names: write the one that stands in it into COTERIE_LDAP_URL',
};

const untrusted = /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+)$/u;

/** The error as a sentence for administrators; it holds no password. */
export function describeProblem(error: unknown): string {
  if (error instanceof AppError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const hint = hintOf(error);
  const message = error.message.replaceAll(/\s+/gu, ' ').trim();
  return hint === undefined ? message : `${message} (${hint})`;
}

/** Whether the connection failed, rather than the question: another server may answer. */
export function isAboutConnection(error: unknown): boolean {
  // Busy and unavailable (RFC 4511 §4.1.9).
  if (error instanceof ResultCodeError) return error.code === 51 || error.code === 52;
  return !(error instanceof AppError);
}

/** Whether it is an answer that did not come in time. */
export function isTimeout(error: unknown): boolean {
  return error instanceof Error && /timed out/u.test(error.message);
}

/** What is thrown when the directory cannot be asked. */
export function unavailable(error: unknown, place?: string): AppError {
  if (error instanceof AppError && error.kind === 'unavailable') return error;
  return new AppError(
    'unavailable',
    place === undefined ? describeProblem(error) : `${place}: ${describeProblem(error)}`,
  );
}

function hintOf(error: Error & { readonly code?: unknown }): string | undefined {
  if (error instanceof ResultCodeError) return hints[error.code];
  if (typeof error.code !== 'string') return undefined;
  if (error.code in byCode) return byCode[error.code];
  if (untrusted.test(error.code)) return 'the certificate of the server is not trusted: see COTERIE_LDAP_CA_FILE';
  return undefined;
}
