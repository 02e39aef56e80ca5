import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { createDataFolder, startServer } from '../../../e2e/kit/server.ts';
import { until } from '../../kit/nodes.ts';

/** What a process holds, in MB (proc(5)). */
const heldBy = async (pid: number) =>
  Number(/VmRSS:\s+(\d+)/u.exec(await readFile(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;

test('what the program held while it was busy it gives back when it is idle', async () => {
  const { path, remove } = await createDataFolder();
  const server = await startServer(path, { COTERIE_DEMO: 'on' });
  let most = 0;
  await until(async () => {
    const held = await heldBy(server.pid);
    most = Math.max(most, held);
    return held < most * 0.85;
  });
  await server.kill();
  await remove();
});
