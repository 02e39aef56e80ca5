import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** A real OAuth 2.0 server, as a mail provider runs one, in which anybody signs in by their address. */
export type MailProvider = {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where a mail server asks whose a token is (RFC 7662), with the name and secret that it asks with. */
  readonly introspectionUrl: string;
  /** Whoever consented did not. */
  forgetConsents(): Promise<void>;
  close(): Promise<void>;
};

/** Starts it on a free port of this machine, for one client that comes back to this address. */
export async function startMailProvider(redirectUri: string): Promise<MailProvider> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [clientId, clientSecret] = ['coterie', 'a secret / with + signs'];
  const provider = new Provider(`http://${host}`, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
      },
      // The mail server, which only asks.
      { client_id: 'dovecot', client_secret: 'dovecot', redirect_uris: [], response_types: [], grant_types: [] },
    ],
    features: { introspection: { enabled: true, allowedPolicy: () => true } },
    findAccount: (_context, id) => ({ accountId: id, claims: () => Promise.resolve({ sub: id }) }),
    rotateRefreshToken: true,
    pkce: { required: () => true },
    cookies: { keys: ['of this test'] },
  });
  const issued: { destroy(): Promise<void> }[] = [];
  provider.on('refresh_token.saved', (token: { destroy(): Promise<void> }) => void issued.push(token));
  server.on('request', provider.callback());
  return {
    url: `http://${host}`,
    clientId,
    clientSecret,
    introspectionUrl: `http://dovecot:dovecot@${host}/token/introspection`,
    async forgetConsents() {
      for (const token of issued) await token.destroy();
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await Promise.resolve();
    },
  };
}

/** Goes through the provider's pages as a person does, and answers the address to which it sends them back. */
export async function consent(url: string, login: string, redirectUri: string): Promise<string> {
  const cookies = new Map<string, string>();
  let next = url;
  let form: URLSearchParams | null = null;
  for (let step = 0; step < 15; step++) {
    if (next.startsWith(redirectUri)) return next;
    const reply = await fetch(next, {
      redirect: 'manual',
      headers: { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    for (const cookie of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/u.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    form = null;
    const location = reply.headers.get('location');
    if (location) {
      next = new URL(location, next).href;
      continue;
    }
    const page = await reply.text();
    const action = /<form[^>]+action="([^"]+)"/u.exec(page)?.[1];
    const prompt = /name="prompt" value="([^"]+)"/u.exec(page)?.[1];
    if (!action || !prompt) throw new Error(`The provider shows ${reply.status}: ${page.slice(0, 500)}`);
    next = new URL(action, next).href;
    form = new URLSearchParams(prompt === 'login' ? { prompt, login, password: 'any' } : { prompt });
  }
  throw new Error('The provider asks without end');
}
