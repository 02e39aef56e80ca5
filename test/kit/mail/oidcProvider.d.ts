/** What the tests use of the package, which brings no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  type Account = { accountId: string; claims(): Promise<{ sub: string }> };
  type Configuration = {
    clients: readonly Readonly<Record<string, unknown>>[];
    features: { introspection: { enabled: boolean; allowedPolicy: () => boolean } };
    findAccount(context: unknown, id: string): Account;
    rotateRefreshToken: boolean;
    pkce: { required: () => boolean };
    cookies: { keys: readonly string[] };
  };

  export default class Provider {
    constructor(issuer: string, configuration: Configuration);
    on(event: 'refresh_token.saved', listener: (token: { destroy(): Promise<void> }) => void): void;
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
  }
}
