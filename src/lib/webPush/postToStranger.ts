import { lookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { Agent, request } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './publicAddress.ts';

/** Posts to addresses that clients have named. */
export type StrangerPost = {
  /** The status and the headers of the answer. Throws `ForbiddenAddress`, or whatever kept it from being sent. */
  post(url: URL, body: Uint8Array, headers: Readonly<Record<string, string>>): Promise<StrangerAnswer>;
  close(): void;
};

/** The part of a response that is looked at; its body is ignored. */
export type StrangerAnswer = { readonly status: number; readonly headers: IncomingHttpHeaders };

/** The address is one that clients may not make this server call. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

const timeoutMilliseconds = 10_000;

/**
 * An HTTPS client for public addresses only (`allowPrivate`: for all), because otherwise clients could make the server
 * call what only the server can reach. The address that is checked is the one that is connected to: a name cannot
 * resolve differently in between. Redirects are not followed.
 */
export function createStrangerPost({ allowPrivate }: { readonly allowPrivate: boolean }): StrangerPost {
  const agent = new Agent({ keepAlive: true, maxSockets: 8, maxTotalSockets: 128, timeout: timeoutMilliseconds });
  const isAllowed = (address: string) => allowPrivate || isPublicAddress(address);
  return {
    post(url, body, headers) {
      const host = url.hostname.replace(/^\[|\]$/gu, '');
      // A name goes through `lookup`, a literal address does not.
      const isForbidden = url.protocol !== 'https:' || (isIP(host) !== 0 && !isAllowed(host));
      if (isForbidden) return Promise.reject(new ForbiddenAddress('Not a public address'));
      return send(url, body, { headers, agent, lookup: lookupAllowed(isAllowed) });
    },
    close: () => agent.destroy(),
  };
}

type SendOptions = {
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: Agent;
  readonly lookup: LookupFunction;
};

function send(url: URL, body: Uint8Array, options: SendOptions): Promise<StrangerAnswer> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    const headers = { ...options.headers, 'Content-Length': String(body.length) };
    const outgoing = request(url, { ...options, headers, method: 'POST', signal }, (response) => {
      // Read to the end for the connection's sake; the time-out ends one that has none.
      response.on('error', () => undefined).resume();
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function lookupAllowed(isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '', 0);
      const allowed = addresses.filter(({ address }) => isAllowed(address));
      const [first] = allowed;
      if (!first) return callback(new ForbiddenAddress('Not a public address'), '', 0);
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}
