import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../test/kit/daemon.ts';
import type { StartPeer } from './peer.ts';
import { isInstalled, listening, usageOf, peerAuthorization, peerUser, startProcess } from './peer.ts';

/** Xandikos: a Git repository, a commit for each change; it asks for no password. */
export const startXandikos: StartPeer = async (folder) => {
  if (!isInstalled('/usr/bin/xandikos')) return null;
  const port = await freePort();
  const words = ['-d', join(folder, 'data'), '-l', '127.0.0.1', '-p', String(port), '--defaults'];
  const server = startProcess('/usr/bin/xandikos', [...words, '--current-user-principal', `/${peerUser}/`], {
    logFile: join(folder, 'log'),
  });
  await listening(port, server.log);
  return {
    name: 'Xandikos',
    host: { host: '127.0.0.1', port, authorization: peerAuthorization },
    root: `/${peerUser}/`,
    book: `/${peerUser}/contacts/addressbook/`,
    ...usageOf(server),
    fill: async (cards) => {
      const repository = join(folder, 'data', peerUser, 'contacts', 'addressbook');
      for (const { name, vcard } of cards) writeFileSync(join(repository, name), vcard);
      const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@demo.example'];
      execFileSync('/usr/bin/git', ['add', '.'], { cwd: repository });
      execFileSync('/usr/bin/git', [...who, 'commit', '-qm', 'Filled'], { cwd: repository });
    },
    stop: server.stop,
  };
};
