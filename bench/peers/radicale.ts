import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../test/kit/daemon.ts';
import type { StartPeer } from './peer.ts';
import { isInstalled, listening, usageOf, peerAuthorization, peerPassword, peerUser, startProcess } from './peer.ts';

/** Radicale: files, each written through to the disk. */
export const startRadicale: StartPeer = async (folder) => {
  if (!isInstalled('/usr/bin/radicale')) return null;
  const port = await freePort();
  const book = join(folder, 'collections', 'collection-root', peerUser, 'contacts');
  mkdirSync(book, { recursive: true });
  writeFileSync(join(book, '.Radicale.props'), JSON.stringify({ tag: 'VADDRESSBOOK', 'D:displayname': 'Contacts' }));
  writeFileSync(join(folder, 'users'), `${peerUser}:${peerPassword}\n`);
  const settings = `
[server]
hosts = 127.0.0.1:${port}
max_connections = 64
timeout = 120
[auth]
type = htpasswd
htpasswd_filename = ${folder}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = ${folder}/collections
[logging]
level = error
`;
  writeFileSync(join(folder, 'config'), settings);
  const server = startProcess('/usr/bin/radicale', ['--config', join(folder, 'config')], {
    logFile: join(folder, 'log'),
  });
  await listening(port, server.log);
  return {
    name: 'Radicale',
    host: { host: '127.0.0.1', port, authorization: peerAuthorization },
    root: `/${peerUser}/`,
    book: `/${peerUser}/contacts/`,
    ...usageOf(server),
    fill: async (cards) => {
      for (const { name, vcard } of cards) writeFileSync(join(book, name), vcard);
    },
    stop: server.stop,
  };
};
