import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../../test/kit/daemon.ts';
import { openWire, wireRequest } from '../carddav/wire.ts';
import type { StartPeer } from './peer.ts';
import { isInstalled, listening, peerAuthorization, peerPassword, peerUser, startProcess, usageOf } from './peer.ts';

const bin = '/usr/lib/cyrus/bin';
const setPassword = '/usr/sbin/saslpasswd2';
/** The databases of SASL know people by name and realm. */
const realm = 'bench';

/** Cyrus IMAP's httpd: twoskip and SQLite files, which it writes through to the disk. */
export const startCyrus: StartPeer = async (folder) => {
  if (!isInstalled(`${bin}/master`, `${bin}/httpd`, setPassword)) return null;
  const [http, lmtp] = [await freePort(), await freePort()];
  for (const name of ['config', 'config/db', 'config/socket', 'config/proc', 'spool', 'tmp', 'locks'])
    mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'imapd.conf'), settings(folder));
  writeFileSync(join(folder, 'cyrus.conf'), services(folder, http, lmtp));
  const database = join(folder, 'sasldb2');
  execFileSync(setPassword, ['-p', '-c', '-f', database, '-u', realm, peerUser], { input: peerPassword });
  chmodSync(folder, 0o755);
  execFileSync('/usr/bin/chown', ['-R', 'cyrus:mail', folder]);
  const master = startProcess(
    `${bin}/master`,
    ['-C', join(folder, 'imapd.conf'), '-M', join(folder, 'cyrus.conf'), '-p', join(folder, 'pid'), '-D'],
    { logFile: join(folder, 'config', 'log') },
  );
  await listening(http, master.log);
  await listening(lmtp, master.log);
  await deliverMail(lmtp);
  const host = { host: '127.0.0.1', port: http, authorization: peerAuthorization };
  const home = `/dav/addressbooks/user/${peerUser}/`;
  const wire = openWire(host);
  // The first question makes the address book.
  await wire.ask(wireRequest(host, 'PROPFIND', home, { headers: { Depth: '1' } }));
  wire.close();
  return {
    name: 'Cyrus',
    host,
    root: `/dav/principals/user/${peerUser}/`,
    book: `${home}Default/`,
    ...usageOf(master),
    stop: master.stop,
  };
};

/** A first mail makes the mailbox in which everything else lies. */
function deliverMail(port: number): Promise<void> {
  const lines = [
    'LHLO bench',
    'MAIL FROM:<bench@demo.example>',
    `RCPT TO:<${peerUser}>`,
    'DATA',
    'Subject: 1\r\n\r\n1\r\n.',
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      const last = chunk.toString().trimEnd().split('\r\n').at(-1)!;
      if (/^[45]/u.test(last)) reject(new Error(last));
      if (!/^\d{3} /u.test(last)) return;
      const next = lines.shift();
      if (next !== undefined) socket.write(`${next}\r\n`);
      else {
        socket.destroy();
        resolve();
      }
    });
  });
}

const settings = (folder: string) => `
configdirectory: ${folder}/config
defaultpartition: default
partition-default: ${folder}/spool
temp_path: ${folder}/tmp
proc_path: ${folder}/config/proc
mboxname_lockpath: ${folder}/locks
httpmodules: carddav
httpallowcors: *
admins: cyrusadmin
allowplaintext: yes
servername: ${realm}
defaultdomain: ${realm}
virtdomains: off
unixhierarchysep: yes
altnamespace: yes
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: ${folder}/sasldb2
sasl_mech_list: PLAIN
autocreate_users: anyone
autocreate_quota: 0
autocreate_post: yes
httptimeout: 120
lmtpsocket: ${folder}/config/socket/lmtp
idlesocket: ${folder}/config/socket/idle
notifysocket: ${folder}/config/socket/notify
`;

const services = (folder: string, http: number, lmtp: number) => `
START {
  recover cmd="${bin}/ctl_cyrusdb -C ${folder}/imapd.conf -r"
}
SERVICES {
  lmtp cmd="${bin}/lmtpd -C ${folder}/imapd.conf -a" listen="127.0.0.1:${lmtp}" prefork=0 maxchild=2
  http cmd="${bin}/httpd -C ${folder}/imapd.conf -U 100000" listen="127.0.0.1:${http}" prefork=4 maxchild=100
}
EVENTS {
}
`;
