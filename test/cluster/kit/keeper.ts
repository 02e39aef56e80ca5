import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { signalAll } from '../../kit/processFamily.ts';

/**
 * Run beside the test as a process of its own: when the test is gone, however it went, whatever still works in its folder
 * is ended, and the folder removed. Each program has the folder among its words.
 */
const [folder] = process.argv.slice(2);

process.stdin.resume().on('end', () => {
  if (!folder?.includes('coterie-cluster-')) return;
  for (let left = programs(); left.length > 0; left = programs()) signalAll(left, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function programs(): number[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/u.test(name) && Number(name) !== process.pid);
  return ids.filter(worksThere).map(Number);
}

function worksThere(id: string): boolean {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(folder!);
  } catch {
    return false;
  }
}
