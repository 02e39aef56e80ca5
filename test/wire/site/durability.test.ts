import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../kit/daemon.ts';
import { basicHeader } from '../../kit/person.ts';

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));

test('what was acknowledged is there after the program was killed on the spot', { timeout: 90_000 }, async () => {
  const data = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const port = await freePort();
  let program = await start(port, data);
  try {
    const { call, accountId } = await client(port);
    const [, made] = await call('ContactCard/set', { accountId, create: { new: { name: { full: 'Jean Dupont' } } } });
    program.kill('SIGKILL');
    const id = (made as { created: { new: { id: string } } }).created.new.id;
    await once(program, 'exit');
    program = await start(port, data);
    const again = await client(port);
    const [, found] = await again.call('ContactCard/get', { accountId, ids: [id], properties: ['name'] });
    assert.deepEqual((found as { list: object[] }).list, [{ id, name: { full: 'Jean Dupont' } }]);
  } finally {
    program.kill('SIGKILL');
    await rm(data, { recursive: true, force: true });
  }
});

/** The demonstration on this port; given back when it answers. */
async function start(port: number, data: string): Promise<ChildProcess> {
  const environment = { PATH: process.env['PATH'], COTERIE_PORT: String(port), COTERIE_DATA: data, COTERIE_DEMO: 'on' };
  const program = spawn(process.execPath, [main], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    program.stderr.on('data', (text: Buffer) => (said += text.toString()));
    program.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('Coterie is open')) resolve();
    });
    program.once('exit', (code) => reject(new Error(`The program ended with ${code}: ${said}`)));
  });
  return program;
}

/** Ada of the demonstration, as a program that signs in with HTTP Basic. */
async function client(port: number) {
  const url = `http://127.0.0.1:${port}`;
  const headers = { Authorization: basicHeader('ada@demo.example', 'demo'), 'Content-Type': 'application/json' };
  const session = (await (await fetch(`${url}/jmap/session`, { headers })).json()) as {
    primaryAccounts: Record<string, string>;
  };
  const using = ['urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:contacts'];
  return {
    accountId: session.primaryAccounts['urn:ietf:params:jmap:contacts']!,
    async call(name: string, args: object): Promise<readonly [string, unknown]> {
      const body = JSON.stringify({ using, methodCalls: [[name, args, 'c']] });
      const response = await fetch(`${url}/jmap/api`, { method: 'POST', headers, body });
      assert.equal(response.status, 200);
      return ((await response.json()) as { methodResponses: [readonly [string, unknown]] }).methodResponses[0];
    },
  };
}
