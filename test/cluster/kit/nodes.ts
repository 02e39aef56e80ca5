import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../kit/daemon.ts';
import { serviceOf } from './postgresCluster.ts';
import { createService } from './service.ts';
import type { Service } from './service.ts';

/** Several programs of ours, and the load balancer before them. */
export type Nodes = { readonly nodes: readonly Service[]; readonly front: Service; readonly url: string };

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));

/** Starts them on one database, with the example of `packaging/ha` in front. */
export async function startNodes(
  place: Parameters<typeof serviceOf>[0],
  databaseUrl: string,
  count = 3,
): Promise<Nodes> {
  const frontPort = await freePort();
  const url = `http://127.0.0.1:${frontPort}`;
  const data = join(place.folder, 'coterie');
  await mkdir(data);
  const made: { node: Service; port: number }[] = [];
  for (let number = 1; number <= count; number++) {
    const port = await freePort();
    const node = createService({
      name: `node${number}`,
      command: process.execPath,
      // The folder says nothing to it: by it the program is known.
      words: ['--max-semi-space-size=8', main, place.folder],
      packageName: 'nodejs',
      logFile: join(place.folder, `node${number}.log`),
      env: {
        COTERIE_PORT: String(port),
        COTERIE_URL: url,
        COTERIE_DATA: data,
        COTERIE_DATABASE_URL: databaseUrl,
        COTERIE_TRUSTED_PROXY: 'on',
        COTERIE_DEMO: 'off',
        COTERIE_LOG: 'warn',
      },
      isReady: async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok,
    });
    made.push({ node, port });
  }
  const front = await serviceOf(place, 'haproxy.cfg', {
    command: '/usr/sbin/haproxy',
    words: ['-db', '-f'],
    port: frontPort,
    changes: [
      ['bind :443 ssl crt /etc/coterie/tls/both.pem alpn h2,http/1.1', `bind 127.0.0.1:${frontPort}`],
      ...made.map(({ port }, index) => [`10.0.0.3${index + 1}:8080`, `127.0.0.1:${port}`] as const),
    ],
  });
  // The first makes the tables.
  await made[0]!.node.start();
  await Promise.all(made.slice(1).map(({ node }) => node.start()));
  await front.start();
  const isOpen = async () => (await fetch(`${url}/health/ready`).catch(() => null))?.ok ?? false;
  while (!(await isOpen())) await new Promise((resolve) => setTimeout(resolve, 100));
  return { nodes: made.map(({ node }) => node), front, url };
}
