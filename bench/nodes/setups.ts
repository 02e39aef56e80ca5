import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from '../../test/kit/daemon.ts';
import { startPostgres } from '../../test/kit/postgresServer.ts';
import { familyOf, processorTimeOf } from '../../test/kit/processFamily.ts';
import { copyToPostgres } from '../kit/copyToPostgres.ts';
import { answering } from '../peers/coterie.ts';
import { listening, startProcess } from '../peers/peer.ts';
import type { Process } from '../peers/peer.ts';

/** Programs that serve one organisation. */
export type Setup = {
  readonly name: string;
  readonly ports: readonly number[];
  /** The processor time, in milliseconds, that the programs have used, and the database beside them. */
  used(): { readonly programs: number; readonly database: number };
  stop(): Promise<void>;
};

/** Those that are compared: how many programs, and where the data is. */
export const setups = [
  { name: 'one, SQLite', programs: 1, isPostgres: false },
  { name: 'one, PostgreSQL', programs: 1, isPostgres: true },
  { name: 'three, PostgreSQL', programs: 3, isPostgres: true },
] as const;

const seeded = 'seeded';
const mainFile = join(import.meta.dirname, '../../src/main.ts');

/** PostgreSQL, as durable as it is by itself, with the data of a folder; and how a setup is started on that data. */
export async function openSetups(folder: string, source: string) {
  const server = await startPostgres({ isDurable: true });
  const administer = async (database: string, statement: string) => {
    const client = new Client(`${server.url}/${database}`);
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await administer('postgres', `CREATE DATABASE ${seeded}`);
  await copyToPostgres(source, `${server.url}/${seeded}`);
  await administer(seeded, 'VACUUM ANALYZE');
  const postmaster = await server.pid();

  return {
    /** Each begins with the same data. */
    async start({ name, programs, isPostgres }: (typeof setups)[number]): Promise<Setup> {
      const place = name.replaceAll(/[^a-z]+/giu, '_').toLowerCase();
      const data = join(folder, place);
      await mkdir(data);
      if (isPostgres) await administer('postgres', `CREATE DATABASE ${place} TEMPLATE ${seeded}`);
      else await cp(source, data, { recursive: true });
      const settings = isPostgres ? { COTERIE_DATABASE_URL: `${server.url}/${place}` } : {};
      const nodes: { readonly process: Process; readonly port: number }[] = [];
      const stop = async () => void (await Promise.all(nodes.map((node) => node.process.stop())));
      try {
        for (let index = 0; index < programs; index++) nodes.push(await startNode(data, index, settings));
      } catch (error) {
        await stop();
        throw error;
      }
      return {
        name,
        ports: nodes.map(({ port }) => port),
        used: () => ({
          programs: processorTimeOf(nodes.flatMap((node) => familyOf(node.process.pid))),
          database: isPostgres ? processorTimeOf(familyOf(postmaster)) : 0,
        }),
        stop,
      };
    },
    stop: () => server.stop(),
  };
}

async function startNode(data: string, index: number, settings: Readonly<Record<string, string>>) {
  const port = await freePort();
  const process_ = startProcess(process.execPath, [mainFile], {
    logFile: join(data, `log-${index}`),
    environment: {
      COTERIE_DATA: data,
      COTERIE_PORT: String(port),
      COTERIE_DEMO: 'off',
      COTERIE_MAX_CARDS_PER_ACCOUNT: '1000000',
      ...settings,
    },
  });
  await listening(port, process_.log);
  await answering({ host: '127.0.0.1', port, authorization: '' });
  return { process: process_, port };
}
