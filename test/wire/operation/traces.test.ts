import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { silentLog } from '../../../src/lib/log.ts';
import { openMonitoring } from '../../../src/monitoring/openMonitoring.ts';
import { createTestApp } from '../../kit/world.ts';

type Attribute = {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number };
};
type Span = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly status: { readonly code: number };
};

/** Of traces, spans and requests: a short name may stand in them by chance. */
const randomIds = /"(?:[\da-f]{12}|[\da-f]{16}|[\da-f]{32})"/gu;

/** What a collector sees of OTLP over HTTP, in its form of JSON. */
async function startCollector(): Promise<AsyncDisposable & { readonly url: string; readonly bodies: string[] }> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      if (request.url === '/v1/traces') bodies.push(text);
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function spansIn(bodies: readonly string[]): Span[] {
  type Sent = { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
  return bodies.flatMap((body) =>
    (JSON.parse(body) as Sent).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
  );
}

const settings = { metricsPort: 0, metricsHost: '127.0.0.1', metricsTokenFile: '', tracesPercent: 100 };

test('a trace has a span for the request, and in it one for each method and transaction; it is part of the trace of whoever asked', async () => {
  await using collector = await startCollector();
  const monitoring = (await openMonitoring({ ...settings, tracesUrl: collector.url }, silentLog))!;
  await using app = await createTestApp({ monitoring });
  const [traceId, parent] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
  const response = await app.ada.fetch('/jmap/api', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', traceparent: `00-${traceId}-${parent}-00` },
    body: JSON.stringify({
      using: ['urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:contacts'],
      methodCalls: [
        ['AddressBook/set', { accountId: app.ada.id, create: { f: { name: 'Secrets de Zoé' } } }, '0'],
        ['ContactCard/get', { accountId: app.ada.id, ids: 'wrong' }, '1'],
      ],
    }),
  });
  assert.equal(response.status, 200);
  await response.text();
  await monitoring.close();

  const spans = spansIn(collector.bodies).filter((span) => span.traceId === traceId);
  const request = spans.find(({ name }) => name === 'jmap POST api')!;
  assert.equal(request.parentSpanId, parent);
  const attribute = (name: string) => request.attributes.find(({ key }) => key === name)?.value;
  assert.deepEqual(attribute('http.response.status_code'), { intValue: 200 });
  assert.deepEqual(attribute('coterie.request_id'), { stringValue: response.headers.get('x-request-id') });
  const parts = spans.filter(({ parentSpanId }) => parentSpanId === request.spanId);
  assert.deepEqual(parts.map(({ name }) => name).toSorted(), ['AddressBook/set', 'ContactCard/get', 'transaction']);
  assert.equal(parts.find(({ name }) => name === 'ContactCard/get')!.status.code, 2);
});

test('no person, folder, address or secret stands in a trace, and a malformed parent is none', async () => {
  await using collector = await startCollector();
  const monitoring = (await openMonitoring({ ...settings, tracesUrl: collector.url }, silentLog))!;
  await using app = await createTestApp({ monitoring });
  await app.ada.call('AddressBook/set', { create: { f: { name: 'Secrets de Zoé' } } });
  await app.ada.basic('/dav/', { method: 'PROPFIND', headers: { traceparent: '00-zoe-zoe-01' } });
  await app.ada.fetch(`/home/ada@example.org/Secrets%20de%20Zo%C3%A9.csv`);
  await monitoring.close();
  const names = spansIn(collector.bodies).map(({ name }) => name);
  for (const name of ['jmap POST api', 'carddav PROPFIND', 'link GET'])
    assert.ok(names.includes(name), `${name} in ${names.join(', ')}`);
  const text = collector.bodies.join('\n').replace(randomIds, '').toLowerCase();
  for (const secret of ['ada', 'zo', app.ada.id.toLowerCase(), '127.0.0.1', 'coterie='])
    assert.ok(!text.includes(secret), `${secret} stands in\n${text}`);
});

test('a collector that is away is no fault of the program, and does not hold up its end', async () => {
  const monitoring = (await openMonitoring({ ...settings, tracesUrl: 'http://127.0.0.1:9' }, silentLog))!;
  await using app = await createTestApp({ monitoring });
  assert.equal((await app.ada.get('/jmap/session')).status, 200);
  const began = performance.now();
  await monitoring.close();
  assert.ok(performance.now() - began < 10_000);
});

test('without the setting nothing is traced', async () => {
  assert.equal(await openMonitoring({ ...settings, tracesUrl: null }, silentLog), null);
});
