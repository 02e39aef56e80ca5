/**
 * What an answer costs that nobody has thought about: a process of its own with nothing but `node:http`, which reads
 * what it is sent and answers with as many octets as the path says. `/events` is a stream, to all of which a POST to
 * `/tell` writes what it was sent.
 */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const streams = new Set<ServerResponse>();
const bodies = new Map<number, Buffer>();

function bodyOf(size: number): Buffer {
  const known = bodies.get(size) ?? Buffer.alloc(size, '{"a": 1} ');
  bodies.set(size, known);
  return known;
}

const server = createServer((request, response) => {
  if (request.url === '/events') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(': open\n\n');
    streams.add(response);
    response.once('close', () => streams.delete(response));
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const received = Buffer.concat(chunks);
    if (request.url === '/tell') for (const stream of streams) stream.write(received);
    const body = bodyOf(request.url === '/tell' ? 0 : Number(request.url!.slice(1)));
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => {
  console.log(`open: http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
