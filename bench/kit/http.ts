import { Agent, request } from 'node:http';

/** A request, as far as one differs from the other. */
export type Ask = {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
};

/** An answer with its whole body. */
export type Answer = { readonly status: number; readonly body: Buffer };

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Asks over a connection that stays open, and reads all of the answer. */
export async function ask(url: string, asked: Ask): Promise<Answer> {
  try {
    return await askOnce(url, asked, agent);
  } catch (error) {
    // A server closes a connection that nobody has used for a while, perhaps at this very moment.
    if (!(error instanceof Error && 'code' in error && ['EPIPE', 'ECONNRESET'].includes(String(error.code))))
      throw error;
    return askOnce(url, asked, false);
  }
}

function askOnce(url: string, { path, method, headers, body }: Ask, through: Agent | false): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const sent = request(
      `${url}${path}`,
      { agent: through, method: method ?? (body === undefined ? 'GET' : 'POST'), headers: { ...headers, ...length } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode!, body: Buffer.concat(chunks) }));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const using = [
  'urn:ietf:params:jmap:core',
  'urn:ietf:params:jmap:contacts',
  'urn:ietf:params:jmap:principals',
  'https://coterie.example/jmap/contacts',
];

/** A call of a JMAP method. */
export type MethodCall = readonly [name: string, args: object, id: string];

/** An API request of somebody who is signed in (RFC 8620 §3.3). */
export function jmapAsk(url: string, cookie: string, methodCalls: readonly MethodCall[]): Ask {
  return {
    path: '/jmap/api',
    headers: { 'Content-Type': 'application/json', Cookie: cookie, Origin: url },
    body: JSON.stringify({ using, methodCalls }),
  };
}

/** The results of an API request; throws when one of them is an error. */
export function jmapResults<T>({ status, body }: Answer): T[] {
  if (status !== 200) throw new Error(`JMAP answered ${status}: ${body.toString().slice(0, 500)}`);
  const { methodResponses } = JSON.parse(body.toString()) as { methodResponses: [string, T, string][] };
  const wrong = methodResponses.find(([name]) => name === 'error');
  if (wrong) throw new Error(`JMAP answered with an error: ${JSON.stringify(wrong)}`);
  return methodResponses.map(([, result]) => result);
}
