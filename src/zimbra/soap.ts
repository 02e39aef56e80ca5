import { isObject, textOf } from '../lib/json.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import { ZimbraError } from '../lib/zimbra/zimbraError.ts';
import type { ZimbraProblem } from '../lib/zimbra/zimbraError.ts';

/** A request of Zimbra's SOAP, in JSON. */
export type SoapCall = {
  /** The whole address: `…/service/soap`, or `…/service/admin/soap`. */
  readonly url: string;
  readonly name: string;
  readonly namespace: 'urn:zimbraAccount' | 'urn:zimbraMail' | 'urn:zimbraAdmin';
  readonly body: JsonObject;
  readonly token?: string;
};

const mostAnswer = 20_000_000;
const seconds = 60_000;

/** Asks, and gives the answer's body. Redirections are not followed. Throws a `ZimbraError`. */
export async function soap({ url, name, namespace, body, token }: SoapCall): Promise<JsonObject> {
  const context = { _jsns: 'urn:zimbra', format: { type: 'js' }, userAgent: { name: 'Coterie' } };
  const envelope = {
    Header: { context: token === undefined ? context : { ...context, authToken: { _content: token } } },
    Body: { [name]: { _jsns: namespace, ...body } },
  };
  const response = await reach(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/soap+xml; charset=utf-8' },
    body: JSON.stringify(envelope),
    signal: AbortSignal.timeout(seconds),
  });
  const answer = await readJson(response);
  const inside = isObject(answer) ? answer['Body'] : undefined;
  if (!isObject(inside)) throw new ZimbraError('notZimbra');
  const fault = inside['Fault'];
  if (fault !== undefined) throw faultOf(fault);
  const result = inside[name.replace(/Request$/u, 'Response')];
  if (!isObject(result)) throw new ZimbraError('notZimbra');
  return result;
}

/** Asks the server, which the administrator has named; where it sends one elsewhere, nobody goes. */
export async function reach(url: string, options: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, { ...options, redirect: 'manual' });
    if (response.status >= 300 && response.status < 400) throw new ZimbraError('notZimbra');
    return response;
  } catch (error) {
    throw error instanceof ZimbraError ? error : new ZimbraError(problemOf(error), { cause: error });
  }
}

function problemOf(error: unknown): ZimbraProblem {
  const { cause } = error as { cause?: { code?: string } };
  const code = cause?.code ?? '';
  return /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/u.test(code) ? 'certificate' : 'unreachable';
}

async function readJson(response: Response): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.length;
    if (size > mostAnswer) throw new ZimbraError('notZimbra');
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch (cause) {
    throw new ZimbraError('notZimbra', { cause });
  }
}

const faults: Readonly<Record<string, ZimbraProblem>> = {
  'account.AUTH_FAILED': 'loginRefused',
  'account.NO_SUCH_ACCOUNT': 'loginRefused',
  'account.CHANGE_PASSWORD': 'refused',
  'account.MAINTENANCE_MODE': 'refused',
  'account.ACCOUNT_INACTIVE': 'refused',
  'account.TWO_FACTOR_AUTH_REQUIRED': 'twoFactor',
  'account.TWO_FACTOR_SETUP_REQUIRED': 'refused',
  'account.TWO_FACTOR_AUTH_FAILED': 'twoFactor',
  'service.PERM_DENIED': 'refused',
  'service.AUTH_REQUIRED': 'loginRefused',
};

function faultOf(fault: Json): ZimbraError {
  const detail = isObject(fault) ? fault['Detail'] : undefined;
  const error = isObject(detail) ? detail['Error'] : undefined;
  const code = isObject(error) ? textOf(error['Code']) : '';
  return new ZimbraError(Object.hasOwn(faults, code) ? faults[code]! : 'failed', { cause: code });
}

/** The text of an element, which stands alone or in a list. */
export function contentOf(element: Json | undefined): string {
  const first = Array.isArray(element) ? (element as readonly Json[])[0] : element;
  return isObject(first) ? textOf(first['_content']) : textOf(first as Json | undefined);
}
