import { MailboxError } from '../lib/mail/mailboxError.ts';

/** How Coterie is known to a provider (RFC 6749 §2). */
export type OAuthClient = {
  readonly name: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  /** null: a public client, with PKCE alone. */
  readonly clientSecret: string | null;
  readonly scope: string;
  readonly host: string;
  readonly port: number;
};

type Tokens = {
  readonly accessToken: string;
  /** Absent: the one that there is stays good. */
  readonly refreshToken?: string;
  /** Whose mailbox it is, where the provider tells. */
  readonly username?: string;
};

const patience = 15_000;
const longestAnswer = 100_000;

/** A provider at which people consent by authorization code with PKCE (RFC 6749 §4.1, RFC 7636). */
export function createOAuthProvider(client: OAuthClient) {
  async function askForTokens(grant: Readonly<Record<string, string>>): Promise<Tokens> {
    const answer = await post(client, grant);
    const tokens = await readAnswer(answer);
    const { access_token: accessToken, refresh_token: refreshToken, id_token: idToken } = tokens;
    if (!answer.ok || typeof accessToken !== 'string')
      // The consent was taken back, or has ended: only the person can give it again (RFC 6749 §5.2).
      throw new MailboxError(answer.status >= 500 ? 'notReached' : 'loginRefused');
    return {
      accessToken,
      ...(typeof refreshToken === 'string' ? { refreshToken } : {}),
      ...usernameIn(idToken),
    };
  }

  const { name, host, port } = client;
  return {
    name,
    host,
    port,
    /** Where the person gives their consent. */
    consentUrl({
      state,
      challenge,
      redirectUri,
      hint,
    }: Readonly<Record<'state' | 'challenge' | 'redirectUri' | 'hint', string>>) {
      const url = new URL(client.authorizeUrl);
      const parameters = {
        response_type: 'code',
        client_id: client.clientId,
        redirect_uri: redirectUri,
        scope: client.scope,
        state,
        code_challenge: challenge,
        code_challenge_method: 'S256',
        ...(hint === '' ? {} : { login_hint: hint }),
        // Google gives a refresh token for these alone; others do not know the first and need the second.
        access_type: 'offline',
        prompt: 'consent',
      };
      for (const [key, value] of Object.entries(parameters)) url.searchParams.set(key, value);
      return url.href;
    },
    exchange: ({ code, verifier, redirectUri }: Readonly<Record<'code' | 'verifier' | 'redirectUri', string>>) =>
      askForTokens({ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUri }),
    refresh: (refreshToken: string) => askForTokens({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  };
}

async function post(
  { tokenUrl, clientId, clientSecret }: OAuthClient,
  grant: Readonly<Record<string, string>>,
): Promise<Response> {
  const identity: Record<string, string> = clientSecret === null ? { client_id: clientId } : {};
  const body = new URLSearchParams({ ...grant, ...identity });
  try {
    return await fetch(tokenUrl, {
      method: 'POST',
      headers: {
        Accept: 'application/json',
        ...(clientSecret === null ? {} : { Authorization: basic(clientId, clientSecret) }),
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
  } catch (cause) {
    throw new MailboxError('notReached', { cause });
  }
}

/** RFC 6749 §2.3.1: both are form-encoded first. */
function basic(id: string, secret: string): string {
  const encoded = [id, secret].map((part) => new URLSearchParams({ x: part }).toString().slice(2)).join(':');
  return `Basic ${Buffer.from(encoded).toString('base64')}`;
}

async function readAnswer(answer: Response): Promise<Record<string, unknown>> {
  try {
    const text = await answer.text();
    const value: unknown = JSON.parse(text.slice(0, longestAnswer));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** From the provider itself over TLS: its signature need not be checked (OpenID Connect Core §3.1.3.7). */
function usernameIn(idToken: unknown): { username?: string } {
  if (typeof idToken !== 'string') return {};
  try {
    const claims = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >;
    const found = [claims['email'], claims['preferred_username']].find(
      (one) => typeof one === 'string' && one.includes('@'),
    );
    return found === undefined ? {} : { username: found as string };
  } catch {
    return {};
  }
}
