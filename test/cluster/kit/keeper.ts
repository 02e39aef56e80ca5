import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { signalAll } from '../../kit/processFamily.ts';

/**
 * Run beside the test as a process of its own: when the test is gone, however it went, whatever still works in its folder
 * is ended, and the folder removed. Each program has the folder among its words, or works in it: processes of PostgreSQL say other
 * words, and those that stand still do not end with the one that started them.
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
    const words = readFileSync(`/proc/${id}/cmdline`, 'utf8');
    return words.includes(folder!) || readlinkSync(`/proc/${id}/cwd`).includes(folder!);
  } catch {
    return false;
  }
}
