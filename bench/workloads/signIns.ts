import { figuresOf, timed } from '../kit/figures.ts';
import { ask } from '../kit/http.ts';
import type { Report } from '../kit/report.ts';
import type { Server } from '../kit/servers.ts';

/** Who signs in, and with what. */
export type Login = { readonly name: string; readonly password: string };

const atOnce = 10;

/** All of them ask for their session with their password (HTTP Basic), ten at a time; adds how long it took, and how many a second. */
export async function signInAll(
  { report, server, size }: { readonly report: Report; readonly server: Server; readonly size: number },
  what: string,
  logins: readonly Login[],
): Promise<void> {
  const left = [...logins];
  const times: number[] = [];
  const before = await server.cpu();
  const start = performance.now();
  const one = async () => {
    for (let login = left.pop(); login; login = left.pop()) {
      const { name, password } = login;
      const headers = { Authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` };
      const time = await timed(async () => {
        const { status } = await ask(server.url, { path: '/jmap/session', headers });
        if (status !== 200) throw new Error(`${what}: ${name} was answered ${status}`);
      });
      times.push(time);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  const seconds = (performance.now() - start) / 1000;
  const cpu = ((await server.cpu()) - before) / times.length;
  report.add({ workload: 'sign-ins', what, size, ours: { ...figuresOf(times), cpu }, bare: null, octets: null });
  report.note('sign-ins', `- ${what}: ${Math.round(times.length / seconds)} a second.`);
}
