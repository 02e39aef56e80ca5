import { archivePieces, soapName } from '../format/zimbra/archivePieces.ts';
import { keptFiles } from '../format/zimbra/keptFiles.ts';
import { ArchiveError, readTgz, writeTgz } from '../lib/files/tgz.ts';
import type { NewFile } from '../lib/files/tgz.ts';
import { beginTry } from '../lib/throttle.ts';
import type { Throttle } from '../lib/throttle.ts';
import { ZimbraError } from '../lib/zimbra/zimbraError.ts';
import { contentOf, reach, soap } from './soap.ts';

type Access = { readonly username: string; readonly password: string; readonly code?: string | undefined };

/** How to reach the organisation's Zimbra. */
export type ZimbraOptions = {
  /** The address at which people use it, without a slash at the end. */
  readonly url: string;
  /** Counts refusals. */
  readonly refusals: Throttle;
  /** The largest archive, in octets. */
  readonly most: number;
};

/** How patient it is with whoever guesses passwords there. */
export const zimbraPatience = { free: 3, firstWait: 30, longestWait: 3600, memory: 86_400, keys: 10_000 };
const archiveTimeout = 15 * 60_000;
const mostUnpacked = 20_000_000_000;

/**
 * A Zimbra server, and no other: nobody who uses this program makes it call another address. Folders and tags come by SOAP, with the
 * names of those with whom they are shared; contacts and photos by its REST interface, in one archive. Nothing is
 * written there. Whoever guesses passwords through this program soon has to wait.
 */
export function createZimbraServer({ url, refusals, most }: ZimbraOptions) {
  return {
    url,
    async fetchAccount({ username, password, code }: Access, askedBy: string): Promise<Uint8Array<ArrayBuffer>> {
      const keys = [`person ${askedBy}`, `name ${username.trim().toLowerCase()}`];
      if ((await beginTry(keys.map((key) => [refusals, key]))) > 0) throw new ZimbraError('tooManyTries');
      const token = await signIn(url, { username, password, code }).catch(async (error: unknown) => {
        const isRefused = error instanceof ZimbraError && error.problem === 'loginRefused';
        const isCode = error instanceof ZimbraError && error.problem === 'twoFactor' && code !== undefined;
        if (!isRefused && !isCode) for (const key of keys) await refusals.uncount(key);
        throw error;
      });
      for (const key of keys) await refusals.forget(key);
      try {
        return await fetchMailbox(url, token, most);
      } finally {
        // The token ends with what it was for.
        await askAccount(url, 'EndSessionRequest', { logoff: true }, token).catch(() => undefined);
      }
    },
  };
}

/** An administrator of a Zimbra server, who reads the accounts of others. Throws a `ZimbraError`. */
export async function createZimbraAdministrator(options: {
  readonly url: string;
  /** Where administrators sign in, usually on port 7071. */
  readonly adminUrl: string;
  readonly username: string;
  readonly password: string;
  readonly most: number;
}): Promise<{ fetchAccount(account: string): Promise<Uint8Array<ArrayBuffer>> }> {
  const { url, adminUrl, username, password, most } = options;
  const ask = (name: string, body: Parameters<typeof soap>[0]['body'], token?: string) =>
    soap({
      url: `${adminUrl}/service/admin/soap`,
      name,
      namespace: 'urn:zimbraAdmin',
      body,
      ...(token === undefined ? {} : { token }),
    });
  const signedIn = await ask('AuthRequest', { name: username, password });
  const token = tokenOf(signedIn['authToken']);
  return {
    async fetchAccount(account) {
      const delegated = await ask('DelegateAuthRequest', { account: { by: 'name', _content: account } }, token);
      return fetchMailbox(url, tokenOf(delegated['authToken']), most);
    },
  };
}

async function signIn(url: string, { username, password, code }: Access): Promise<string> {
  const answer = await askAccount(url, 'AuthRequest', {
    account: { by: 'name', _content: username.trim() },
    password: { _content: password },
    ...(code === undefined ? {} : { twoFactorCode: code }),
  });
  if (contentOf(answer['twoFactorAuthRequired']) === 'true' || answer['twoFactorAuthRequired'] === true)
    throw new ZimbraError('twoFactor');
  return tokenOf(answer['authToken']);
}

function askAccount(url: string, name: string, body: Parameters<typeof soap>[0]['body'], token?: string) {
  const common = { url: `${url}/service/soap`, name, namespace: 'urn:zimbraAccount', body } as const;
  return soap(token === undefined ? common : { ...common, token });
}

function tokenOf(element: Parameters<typeof contentOf>[0]): string {
  const token = contentOf(element);
  // It stands in a header: nothing but what Zimbra writes.
  if (!/^[\w.+/=-]{1,4000}$/u.test(token)) throw new ZimbraError('notZimbra');
  return token;
}

/** Folders, tags and contacts as one archive (see `archivePieces`). */
async function fetchMailbox(url: string, token: string, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const ask = (name: string) =>
    soap({ url: `${url}/service/soap`, name, namespace: 'urn:zimbraMail', body: {}, token });
  const [folders, tags] = [await ask('GetFolderRequest'), await ask('GetTagRequest')];
  const said: NewFile = { name: soapName, data: Buffer.from(JSON.stringify({ folders, tags })) };
  // `emptyname`: without a contact an empty archive, rather than nothing.
  const address = `${url}/service/home/~/?fmt=tgz&types=contact&auth=co&emptyname=contacts`;
  const response = await reach(address, {
    headers: { Cookie: `ZM_AUTH_TOKEN=${token}` },
    signal: AbortSignal.timeout(archiveTimeout),
  });
  const isEmpty = response.status === 204;
  if (!isEmpty && (!response.ok || !response.body)) {
    await response.body?.cancel();
    throw new ZimbraError(response.status === 401 || response.status === 403 ? 'refused' : 'failed');
  }
  async function* files(): AsyncGenerator<NewFile> {
    yield said;
    if (!isEmpty) yield* keptFiles(archivePieces(readTgz(response.body!, mostUnpacked)));
  }
  try {
    return await writeTgz(files(), most);
  } catch (error) {
    if (error instanceof ArchiveError)
      throw new ZimbraError(error.reason === 'archiveTooLarge' ? 'archiveTooLarge' : 'failed', { cause: error });
    throw error;
  }
}
