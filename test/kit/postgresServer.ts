import { execFile } from 'node:child_process';
import { chmod, chown, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { openPostgres } from '../../src/db/postgres/postgres.ts';
import { freePort, startDaemon } from './daemon.ts';
import { postgresOwner, postgresPrograms } from './postgresPrograms.ts';
import { familyOf, signalAll, whenEnded } from './processFamily.ts';

/** A server of PostgreSQL, with an empty database that has the newest schema, from which others are copied. */
export type PostgresServer = {
  /** Its address, to which a slash and the name of a database are added. */
  readonly url: string;
  /** The id of the process that starts all others. */
  pid(): Promise<number>;
  stop(): Promise<void>;
  /** Ends it without a word, as when its machine is gone. */
  kill(): Promise<void>;
  /** Starts it again, where it was; as a standby it lets read, and takes no changes. */
  start(as?: 'primary' | 'standby'): Promise<void>;
  /** Killed: keeps what it has; and puts it back, as a base backup is. */
  keep(): Promise<void>;
  putBack(): Promise<void>;
};

/** The database from which those of the tests are copied. */
export const templateName = 'coterie_template';

const run = promisify(execFile);

/**
 * Starts one that forgets everything when the machine does (but for `isDurable`); and, where nothing else is said, what it has just
 * taken when it is killed.
 */
export async function startPostgres({ synchronousCommit = 'off', isDurable = false } = {}): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-postgres-'));
  if (postgresOwner) await chown(folder, postgresOwner.uid, postgresOwner.gid);
  await chmod(folder, 0o700);
  const bin = await postgresPrograms(folder);
  const data = join(folder, 'data');
  // Another collation than « C », as databases have it by default: what relies on it would show.
  const words = ['-D', data, '-U', 'coterie', '--auth=trust', '--encoding=UTF8', '--no-sync', '--no-instructions'];
  await run(join(bin, 'initdb'), [...words, '--locale=C.UTF-8'], { ...postgresOwner, cwd: folder });
  const port = await freePort();
  const settings = [
    ...(isDurable
      ? []
      : [
          'fsync=off',
          'full_page_writes=off',
          `synchronous_commit=${synchronousCommit}`,
          // As often as the tests change what plans are made of.
          'autovacuum_naptime=1s',
        ]),
    'max_connections=200',
    'shared_buffers=128MB',
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
  ];
  const start = () =>
    startDaemon({
      command: join(bin, 'postgres'),
      words: ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
      packageName: 'postgresql-15',
      logFile: join(folder, 'log'),
      port,
      ...postgresOwner,
    });
  let daemon = await start();
  // Nobody else ends it when the tests are ended.
  const kill = () => daemon.kill();
  process.once('exit', kill);
  const url = `postgres://coterie@127.0.0.1:${port}`;
  await administer(`${url}/postgres`, `CREATE DATABASE ${templateName}`);
  await (await openPostgres(`${url}/${templateName}`)).close();
  // A copy would take itself for an earlier state that was put back.
  await administer(`${url}/${templateName}`, 'DELETE FROM server_life; DELETE FROM server_here');
  const pid = async () => Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]);
  return {
    url,
    pid,
    async stop() {
      process.off('exit', kill);
      await daemon.stop();
      await rm(folder, { recursive: true, force: true });
    },
    async kill() {
      const family = familyOf(await pid());
      signalAll(family, 'SIGKILL');
      await whenEnded(family);
    },
    // With owner and rights, as the server asks.
    keep: async () => void (await run('cp', ['-a', data, `${data}.kept`])),
    async putBack() {
      await rm(data, { recursive: true });
      await rename(`${data}.kept`, data);
    },
    async start(as = 'primary') {
      const sign = join(data, 'standby.signal');
      if (as === 'standby') await writeFile(sign, '');
      else await rm(sign, { force: true });
      daemon = await start();
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  for (;;) {
    const client = new Client(url);
    try {
      await client.connect();
      await client.query(statement);
      return await client.end();
    } catch (error) {
      // cannot_connect_now: it listens before it is ready.
      if (!(error instanceof Error && 'code' in error && error.code === '57P03')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}
