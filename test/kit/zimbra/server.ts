import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportContacts, folderAnswer, tagAnswer } from './account.ts';
import type { Mailbox } from './account.ts';

/** Somebody with a mailbox on it. */
export type User = { readonly password: string; readonly mailbox: Mailbox; readonly code?: string };

/** A server that answers as Zimbra documents it (soap.txt, soap-admin.txt, rest.txt): signing in, folders, tags, archives. */
export type ZimbraStandIn = AsyncDisposable & {
  readonly url: string;
  readonly users: Map<string, User>;
  /** What was asked for: the names of SOAP requests, and paths. */
  readonly asked: string[];
  /** Answers to everything until it is taken away. */
  override: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
};

/** Starts one on this machine; an administrator signs in as `admin` with `admin secret`. */
export async function startZimbra(users: Readonly<Record<string, User>>): Promise<ZimbraStandIn> {
  const known = new Map(Object.entries(users));
  const tokens = new Map<string, string>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    if (standIn.override) standIn.override(request, response);
    else void answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://zimbra');
    if (url.pathname.startsWith('/service/home/~')) return rest(url, request, response);
    const { Header, Body } = JSON.parse(await text(request)) as { Header: Soap; Body: Record<string, Soap> };
    const [name] = Object.keys(Body);
    asked.push(name!);
    const isAdmin = url.pathname === '/service/admin/soap';
    const result = perform(name!, Body[name!]!, {
      who: tokens.get(content(Header['context']?.['authToken'])),
      isAdmin,
    });
    const isFault = typeof result === 'string';
    const inside = isFault
      ? {
          Fault: {
            Code: { Value: 'soap:Sender' },
            Reason: { Text: result },
            Detail: { Error: { Code: result, Trace: 't', _jsns: 'urn:zimbra' } },
          },
        }
      : { [name!.replace(/Request$/u, 'Response')]: result };
    response.writeHead(isFault ? 500 : 200, { 'Content-Type': 'text/javascript; charset=utf-8' });
    response.end(
      JSON.stringify({ Header: { context: { _jsns: 'urn:zimbra' } }, Body: inside, _jsns: 'urn:zimbraSoap' }),
    );
  }

  function newToken(who: string): object {
    const token = `0_${Buffer.from(who).toString('hex')}_${tokens.size}`;
    tokens.set(token, who);
    return { authToken: [{ _content: token }], lifetime: 172_800_000 };
  }

  function perform(
    name: string,
    body: Soap,
    { who, isAdmin }: { who: string | undefined; isAdmin: boolean },
  ): object | string {
    if (name === 'AuthRequest' && isAdmin)
      return String(body['name']) === 'admin' && String(body['password']) === 'admin secret'
        ? newToken('admin')
        : 'account.AUTH_FAILED';
    if (name === 'AuthRequest') {
      const user = known.get(content(body['account']));
      if (user?.password !== content(body['password'])) return 'account.AUTH_FAILED';
      if (user.code !== undefined && body['twoFactorCode'] === undefined)
        return { ...newToken(`two-factor ${content(body['account'])}`), twoFactorAuthRequired: { _content: 'true' } };
      if (user.code !== undefined && String(body['twoFactorCode']) !== user.code)
        return 'account.TWO_FACTOR_AUTH_FAILED';
      return newToken(content(body['account']));
    }
    if (name === 'DelegateAuthRequest') {
      if (who !== 'admin') return 'service.PERM_DENIED';
      return known.has(content(body['account'])) ? newToken(content(body['account'])) : 'account.NO_SUCH_ACCOUNT';
    }
    const user = known.get(who ?? '');
    if (!user) return 'service.AUTH_REQUIRED';
    if (name === 'GetFolderRequest') return folderAnswer(user.mailbox);
    if (name === 'GetTagRequest') return tagAnswer(user.mailbox);
    if (name === 'EndSessionRequest') return { _jsns: 'urn:zimbraAccount' };
    return 'service.UNKNOWN_DOCUMENT';
  }

  function rest(url: URL, request: IncomingMessage, response: ServerResponse): void {
    asked.push(`${url.pathname}${url.search}`);
    const token = /ZM_AUTH_TOKEN=([^;]+)/u.exec(request.headers.cookie ?? '')?.[1] ?? '';
    const user = known.get(tokens.get(token) ?? '');
    if (!user) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="Zimbra"' }).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/x-compressed-tar' });
    response.end(exportContacts(user.mailbox));
  }

  const standIn: ZimbraStandIn = {
    url: '',
    users: known,
    asked,
    override: undefined,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return Object.assign(standIn, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

type Soap = { readonly [name: string]: Soap } & string;

function content(element: Soap | undefined): string {
  return typeof element === 'string' ? element : String(element?.['_content'] ?? '');
}

async function text(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}
