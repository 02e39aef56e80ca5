import { JmapMethodError, NetworkError, SetFailure } from '../../client/src/errors.ts';
import { messages } from '../locales/messages.ts';

/** The sentence for a person when an operation failed and nothing more precise is known. */
export function describeError(error: unknown): string {
  const { common } = messages();
  if (error instanceof NetworkError) return common.errorNetwork;
  const type = error instanceof SetFailure ? error.error.type : error instanceof JmapMethodError ? error.type : '';
  if (error instanceof SetFailure && error.error.reason === 'tooManyMails')
    return common.errorTooManyMails(timeInWords(error.error.retryAfter));
  // So the service worker answers where only the server could.
  if (type === 'serverUnavailable') return common.errorNetwork;
  if (type === 'forbidden' || type === 'accountReadOnly') return common.errorForbidden;
  if (type === 'notFound' || type === 'accountNotFound') return common.errorNotFound;
  return common.errorServer;
}

function timeInWords(moment: string | undefined): string | null {
  if (moment === undefined) return null;
  return new Intl.DateTimeFormat(document.documentElement.lang || 'fr', { hour: '2-digit', minute: '2-digit' }).format(
    new Date(moment),
  );
}
