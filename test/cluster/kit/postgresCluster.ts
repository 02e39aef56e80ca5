import { existsSync, readFileSync } from 'node:fs';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from '../../kit/daemon.ts';
import { familyOf } from '../../kit/processFamily.ts';
import { fillExample } from './fillExample.ts';
import { createService } from './service.ts';
import type { Service } from './service.ts';
import { layCable } from './tcpProxy.ts';
import type { Cable } from './tcpProxy.ts';

/** One machine with PostgreSQL and Patroni. */
export type Member = Service & {
  readonly restPort: number;
  readonly port: number;
  /** By which the others replicate from it. */
  readonly toReplicas: Cable;
  readonly toEtcd: Cable;
  /** Processes of PostgreSQL alone. */
  postgres(): number[];
};

/** Three of them with etcd, and what leads to the primary. */
export type PostgresCluster = {
  readonly members: readonly Member[];
  readonly haproxy: Service;
  readonly pgbouncer: Service;
  readonly etcd: Service;
  /** By PgBouncer, as the program has it. */
  readonly url: string;
  /** By HAProxy, as an administrator. */
  readonly adminUrl: string;
  /** The member that takes changes; waits until there is one. */
  primary(): Promise<Member>;
  /** Returns when the other two follow the primary, and one of them may take over. */
  whole(): Promise<void>;
  close(): void;
};

type Place = { readonly folder: string; readonly owner: { readonly uid: number; readonly gid: number } };

/** Starts all of it from the examples of `packaging/ha`. */
export async function startPostgresCluster(place: Place): Promise<PostgresCluster> {
  const { folder } = place;
  const etcdPort = await freePort();
  const etcd = await createEtcd(place, etcdPort);
  await etcd.start();
  const members: Member[] = [];
  for (const name of ['db1', 'db2', 'db3']) members.push(await createMember(place, name, etcdPort));
  const [proxyPort, bouncerPort] = [await freePort(), await freePort()];
  const servers = members.flatMap(({ port, restPort }, index) => [
    [`10.0.0.1${index + 1}:5432 check port 8008`, `127.0.0.1:${port} check port ${restPort}`] as const,
  ]);
  const haproxy = await serviceOf(place, 'haproxy-postgresql.cfg', {
    command: '/usr/sbin/haproxy',
    words: ['-db', '-f'],
    port: proxyPort,
    changes: [['127.0.0.1:5000', `127.0.0.1:${proxyPort}`], ...servers],
  });
  await writeFile(join(folder, 'userlist.txt'), '"coterie" ""\n');
  const pgbouncer = await serviceOf(place, 'pgbouncer.ini', {
    command: '/usr/sbin/pgbouncer',
    words: [],
    port: bouncerPort,
    changes: [
      ['port=5000', `port=${proxyPort}`],
      ['listen_port = 6432', `listen_port = ${bouncerPort}`],
      ['auth_type = scram-sha-256', 'auth_type = trust'],
      ['/etc/pgbouncer/userlist.txt', join(folder, 'userlist.txt')],
    ],
  });
  await members[0]!.start();
  await Promise.all([members[1]!.start(), members[2]!.start(), haproxy.start(), pgbouncer.start()]);
  const adminUrl = `postgres://postgres@127.0.0.1:${proxyPort}`;
  const cluster: PostgresCluster = {
    members,
    haproxy,
    pgbouncer,
    etcd,
    url: `postgres://coterie@127.0.0.1:${bouncerPort}/coterie`,
    adminUrl: `${adminUrl}/coterie`,
    async primary() {
      for (;;) {
        const primary = await some(members, 'primary');
        if (primary) return primary;
        await wait(100);
      }
    },
    async whole() {
      while (!(await isFollowed(await cluster.primary())) || !(await some(members, 'synchronous'))) await wait(200);
    },
    close: () => members.forEach(({ toReplicas, toEtcd }) => [toReplicas, toEtcd].forEach((cable) => cable.close())),
  };
  const client = await connect(`${adminUrl}/postgres`);
  await client.query('CREATE ROLE coterie LOGIN');
  await client.query("CREATE DATABASE coterie OWNER coterie ENCODING 'UTF8' TEMPLATE template0");
  await client.end();
  return cluster;
}

async function connect(url: string): Promise<Client> {
  for (;;) {
    const client = new Client(url);
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch {
      await wait(100);
    }
  }
}

/**
 * The member that Patroni says to be this. A standby to which PostgreSQL writes synchronously is not « synchronous » before that is
 * written into etcd, and would not take over.
 */
async function some(members: readonly Member[], role: 'primary' | 'synchronous'): Promise<Member | undefined> {
  for (const member of members) {
    const asked = fetch(`http://127.0.0.1:${member.restPort}/${role}`, { signal: AbortSignal.timeout(2000) });
    const status = await asked.then((reply) => reply.status).catch(() => null);
    if (status === 200) return member;
  }
  return undefined;
}

type Replication = { readonly replication?: readonly { readonly state: string }[] };

async function isFollowed({ restPort }: Member): Promise<boolean> {
  const asked = await fetch(`http://127.0.0.1:${restPort}/patroni`, { signal: AbortSignal.timeout(2000) }).catch(
    () => null,
  );
  const { replication = [] } = ((await asked?.json().catch(() => null)) ?? {}) as Replication;
  return replication.filter(({ state }) => state === 'streaming').length === 2;
}

async function createEtcd({ folder, owner }: Place, port: number): Promise<Service> {
  const [data, peerPort] = [join(folder, 'etcd'), await freePort()];
  const [client, peer] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peerPort}`];
  const listen = ['--listen-client-urls', client, '--advertise-client-urls', client, '--listen-peer-urls', peer];
  const words = [...listen, '--initial-advertise-peer-urls', peer, '--initial-cluster', `one=${peer}`];
  return createService({
    name: 'etcd',
    command: '/usr/bin/etcd',
    words: ['--name', 'one', '--data-dir', data, '--enable-v2=true', '--unsafe-no-fsync', ...words],
    packageName: 'etcd-server',
    logFile: join(folder, 'etcd.log'),
    owner,
    isReady: async () => (await fetch(`${client}/health`)).ok,
  });
}

async function createMember({ folder, owner }: Place, name: string, etcdPort: number): Promise<Member> {
  const [port, restPort, data] = [await freePort(), await freePort(), join(folder, name)];
  const [toReplicas, toEtcd] = [await layCable(port), await layCable(etcdPort)];
  const sockets = join(folder, `${name}.sockets`);
  await mkdir(sockets);
  await chown(sockets, owner.uid, owner.gid);
  const text = await fillExample('patroni.yml', [
    ['name: db1', `name: ${name}`],
    ['listen: 10.0.0.11:8008', `listen: 127.0.0.1:${restPort}`],
    ['connect_address: 10.0.0.11:8008', `connect_address: 127.0.0.1:${restPort}`],
    ['hosts: 10.0.0.21:2379,10.0.0.22:2379,10.0.0.23:2379', `hosts: 127.0.0.1:${toEtcd.port}\n  use_proxies: true`],
    ['connect_address: 10.0.0.11:5432', `connect_address: 127.0.0.1:${toReplicas.port}`],
    ['listen: 10.0.0.11:5432', `listen: 127.0.0.1:${port}`],
    ['- local all all peer', '- local all all trust'],
    ['10.0.0.0/24 scram-sha-256', '127.0.0.1/32 trust'],
    ['/var/lib/postgresql/15/coterie', data],
    ['/var/lib/postgresql/.pgpass-patroni', join(folder, `${name}.pgpass`)],
    ['/var/run/postgresql', sockets],
  ]);
  const file = join(folder, `${name}.yml`);
  await writeFile(file, text);
  const postgres = () => {
    const pidFile = join(data, 'postmaster.pid');
    if (!existsSync(pidFile)) return [];
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
    // The file outlives whoever is killed, and the number may be somebody else's by then.
    const command = existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
    return command.includes(data) ? familyOf(pid) : [];
  };
  const service = createService({
    name,
    command: '/usr/bin/patroni',
    words: [file],
    packageName: 'patroni',
    logFile: join(folder, `${name}.log`),
    owner,
    isReady: async () => (await fetch(`http://127.0.0.1:${restPort}/readiness`)).ok,
    others: postgres,
  });
  return { ...service, port, restPort, toReplicas, toEtcd, postgres };
}

type FromExample = {
  readonly command: string;
  readonly words: readonly string[];
  readonly port: number;
  readonly changes: Parameters<typeof fillExample>[1];
};

/** A service that only has its configuration; ready when it listens. */
export async function serviceOf(
  { folder, owner }: Place,
  example: string,
  { command, words, port, changes }: FromExample,
): Promise<Service> {
  const file = join(folder, example);
  await writeFile(file, await fillExample(example, changes));
  return createService({
    name: example,
    command,
    words: [...words, file],
    packageName: command.split('/').at(-1)!,
    logFile: join(folder, `${example}.log`),
    owner,
    isReady: () => listens(port),
  });
}

async function listens(port: number): Promise<boolean> {
  const { connect: open } = await import('node:net');
  return new Promise((resolve) => {
    const socket = open(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => resolve(socket.destroy() !== undefined));
  });
}
