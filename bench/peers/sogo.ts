import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../test/kit/daemon.ts';
import { openWire, wireRequest } from '../carddav/wire.ts';
import type { Peer, StartPeer } from './peer.ts';
import { isInstalled, listening, peerAuthorization, peerPassword, peerUser, startProcess, usageOf } from './peer.ts';
import type { Process } from './peer.ts';
import { hasPostgres, startPostgres } from './postgres.ts';

const [daemon, memory] = ['/usr/sbin/sogod', '/usr/bin/memcached'] as const;

/** SOGo, on a PostgreSQL and a memcached of its own: its workers answer without a proxy before them. */
export const startSogo: StartPeer = async (folder) => {
  if (!isInstalled(daemon, memory) || !hasPostgres()) return null;
  const [databasePort, port] = [await freePort(), await freePort()];
  const postgres = await startPostgres(folder, databasePort);
  const started: Process[] = [postgres.process];
  const stop = async () => {
    for (const each of started.toReversed()) await each.stop();
  };
  try {
    const psql = (database: string, command: string) =>
      postgres.run('/usr/bin/psql', `-q -v ON_ERROR_STOP=1 -p ${databasePort} -d ${database} -f -`.split(' '), command);
    psql('postgres', 'CREATE ROLE sogo LOGIN');
    psql('postgres', "CREATE DATABASE sogo TEMPLATE template0 ENCODING 'UTF8' OWNER sogo");
    psql('sogo', person);
    const place = join(folder, 'sogo');
    mkdirSync(place);
    chmodSync(place, 0o777);
    const socket = join(place, 'memcached');
    const cache = ['-u', 'sogo', '-s', socket, '-a', '777', '-m', '64'];
    started.push(startProcess(memory, cache, { logFile: join(folder, 'memcached.log') }));
    // Words of the command go before its file of settings in /etc.
    const words = Object.entries(settings({ databasePort, port, socket, place }));
    const server = startProcess(
      '/usr/sbin/runuser',
      ['-u', 'sogo', '--', daemon, ...words.flatMap(([name, value]) => [`-${name}`, value])],
      { logFile: join(folder, 'log'), environment: { HOME: place } },
    );
    started.push(server);
    await listening(port, server.log);
    const host = { host: '127.0.0.1', port, authorization: peerAuthorization };
    const book = `/SOGo/dav/${peerUser}/Contacts/personal/`;
    await answering(host, book, server);
    return { name: 'SOGo', host, root: `/SOGo/dav/${peerUser}/`, book, ...usageOf(...started), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** The first question makes the person's tables. */
async function answering(host: Peer['host'], book: string, server: Process): Promise<void> {
  const wire = openWire(host);
  const reply = await wire.ask(wireRequest(host, 'PROPFIND', book, { headers: { Depth: '0' } }));
  wire.close();
  if (reply.status !== 207) throw new Error(`${reply.status} ${reply.body.toString()}\n${server.log()}`);
}

const person = `
  SET ROLE sogo;
  CREATE TABLE people (c_uid TEXT PRIMARY KEY, c_name TEXT, c_password TEXT, c_cn TEXT, mail TEXT);
  INSERT INTO people VALUES ('${peerUser}', '${peerUser}', '${peerPassword}', 'Ada', 'ada@demo.example');`;

type Place = { readonly databasePort: number; readonly port: number; readonly socket: string; readonly place: string };

function settings({ databasePort, port, socket, place }: Place): Readonly<Record<string, string>> {
  const table = (name: string) => `postgresql://sogo@127.0.0.1:${databasePort}/sogo/${name}`;
  return {
    WONoDetach: 'YES',
    WOPort: `127.0.0.1:${port}`,
    WOLogFile: '-',
    WOPidFile: join(place, 'pid'),
    // As many as the PHP peers have.
    WOWorkersCount: '8',
    SxVMemLimit: '1024',
    SOGoMemcachedHost: socket,
    SOGoProfileURL: table('sogo_user_profile'),
    OCSFolderInfoURL: table('sogo_folder_info'),
    OCSSessionsFolderURL: table('sogo_sessions_folder'),
    OCSEMailAlarmsFolderURL: table('sogo_alarms_folder'),
    SOGoUserSources: `({type = sql; id = people; viewURL = "${table('people')}"; canAuthenticate = YES; isAddressBook = NO; userPasswordAlgorithm = plain;})`,
  };
}
