import assert from 'node:assert/strict';
import { call } from './attempts.ts';
import type { Answer, Operation } from './attempts.ts';
import type { Scene } from './states.ts';

const privileges = '<propfind xmlns="DAV:"><prop><current-user-privilege-set/></prop></propfind>';
const newCard = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Neuve\r\nN:Neuve;;;;\r\nUID:neuve\r\nEND:VCARD\r\n';

/** A request on the folder as it stands in the home of the one who tries. */
function tryDav(scene: Scene, method: string, name: string, body?: string): Promise<Response> {
  return tryAt(scene, method, `addressbooks/${scene.who.id}/${scene.bookId}/${name}`, body);
}

/** A request on a card of the folder as it stands in the one book. */
function tryOne(scene: Scene, method: string, name: string, body?: string): Promise<Response> {
  return tryAt(scene, method, `one/${scene.who.id}/all/${scene.bookId}.${name}`, body);
}

function tryAt({ who }: Scene, method: string, path: string, body?: string): Promise<Response> {
  const headers = { Depth: '0', 'Content-Type': method === 'PUT' ? 'text/vcard' : 'application/xml' };
  return who.fetch(`/dav/${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
}

async function cardName({ owner, bookId }: Scene): Promise<string> {
  const reply = await owner.fetch(`/dav/addressbooks/${owner.id}/${bookId}/`, {
    method: 'PROPFIND',
    headers: { Depth: '1' },
  });
  return /\/([^/<]+\.vcf)</u.exec(await reply.text())![1]!;
}

function davAnswer({ status }: Response): Answer {
  if (status >= 200 && status < 300) return 'yes';
  // 409: there is no address book around it.
  if (status === 404 || status === 409) return 'absent';
  if (status === 403) return 'forbidden';
  throw new Error(`Unexpected: ${status}`);
}

/** What a program with an app password tries by CardDAV; carddav.test.ts has more of it, for people. */
export const deviceOperations: readonly Operation[] = [
  {
    name: 'lists the folder over CardDAV',
    need: 'see',
    isReading: true,
    attempt: async (scene) => davAnswer(await tryDav(scene, 'PROPFIND', '')),
  },
  {
    name: 'reads a card over CardDAV',
    need: 'see',
    isReading: true,
    attempt: async (scene) => davAnswer(await tryDav(scene, 'GET', await cardName(scene))),
  },
  {
    name: 'puts a card over CardDAV',
    first: 'see',
    need: 'write',
    attempt: async (scene) => davAnswer(await tryDav(scene, 'PUT', 'neuve.vcf', newCard)),
  },
  {
    name: 'deletes a card over CardDAV',
    first: 'see',
    need: 'write',
    attempt: async (scene) => davAnswer(await tryDav(scene, 'DELETE', await cardName(scene))),
  },
  {
    name: 'reads a card in the one book of macOS',
    need: 'see',
    isReading: true,
    attempt: async (scene) => davAnswer(await tryOne(scene, 'GET', await cardName(scene))),
  },
  {
    name: 'puts a card in the one book of macOS',
    first: 'see',
    need: 'write',
    attempt: async (scene) => davAnswer(await tryOne(scene, 'PUT', 'neuve.vcf', newCard)),
  },
  {
    name: 'deletes a card in the one book of macOS',
    first: 'see',
    need: 'write',
    attempt: async (scene) => davAnswer(await tryOne(scene, 'DELETE', await cardName(scene))),
  },
  {
    name: 'has over CardDAV the privilege to write exactly when they may',
    need: 'see',
    isReading: true,
    async attempt(scene) {
      const reply = await tryDav(scene, 'PROPFIND', '', privileges);
      const text = await reply.clone().text();
      const { list } = await call(scene, 'AddressBook/get', { ids: [scene.bookId] });
      const rights = list?.[0]?.['myRights'] as unknown as { mayWrite: boolean } | undefined;
      if (reply.status === 207) assert.equal(text.includes('<D:write-content/>'), rights?.mayWrite);
      return davAnswer(reply);
    },
  },
];
