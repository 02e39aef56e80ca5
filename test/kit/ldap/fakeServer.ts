import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { BerReader, BerWriter } from 'ldapts';

/** A question to a server that a test plays. */
export type Question = {
  readonly base: string;
  readonly attributes: readonly string[];
  /** Where a page begins; undefined: the first, or no pages. */
  readonly cookie: string | undefined;
};

/** What it answers; with a cookie there is more. */
export type Answer = {
  readonly entries: readonly {
    readonly dn: string;
    readonly values: Readonly<Record<string, readonly (string | Buffer)[]>>;
  }[];
  readonly cookie?: string;
};

const paging = '1.2.840.113556.1.4.319';

/** A server that answers as real ones do that cannot be started here; it lets everybody in. */
export async function startFakeServer(
  answer: (question: Question) => Answer,
): Promise<AsyncDisposable & { readonly url: string }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    // Requests are so small that each comes in one piece.
    socket.on('data', (data) => reply(socket, data, answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `ldap://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function reply(socket: Socket, data: Buffer, answer: (question: Question) => Answer): void {
  const reader = new BerReader(data);
  reader.readSequence();
  const id = reader.readInt()!;
  const operation = reader.readSequence();
  if (operation === 0x60) socket.write(message(id, (writer) => result(writer, 0x61)));
  if (operation !== 0x63) return;
  const { entries, cookie = '' } = answer(readQuestion(reader));
  for (const { dn, values } of entries)
    socket.write(
      message(id, (writer) => {
        writer.startSequence(0x64);
        writer.writeString(dn);
        writer.startSequence();
        for (const [name, list] of Object.entries(values)) writeAttribute(writer, name, list);
        writer.endSequence();
        writer.endSequence();
      }),
    );
  socket.write(
    message(id, (writer) => {
      result(writer, 0x65);
      writePaging(writer, cookie);
    }),
  );
}

/** RFC 4511 §4.5.1, as far as the tests look at it. */
function readQuestion(reader: BerReader): Question {
  const base = reader.readString() ?? '';
  reader.readEnumeration();
  reader.readEnumeration();
  reader.readInt();
  reader.readInt();
  reader.readBoolean();
  reader.readSequence(reader.peek()!);
  reader.offset += reader.length;
  reader.readSequence();
  const end = reader.offset + reader.length;
  const attributes: string[] = [];
  while (reader.offset < end) attributes.push(reader.readString() ?? '');
  return { base, attributes, cookie: readCookie(reader) };
}

function readCookie(reader: BerReader): string | undefined {
  if (reader.peek() !== 0xa0) return undefined;
  reader.readSequence(0xa0);
  reader.readSequence();
  if (reader.readString() !== paging) return undefined;
  reader.readBoolean();
  const value = new BerReader(reader.readString(0x04, true)!);
  value.readSequence();
  value.readInt();
  return value.readString() || undefined;
}

function message(id: number, write: (writer: BerWriter) => void): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  write(writer);
  writer.endSequence();
  return writer.buffer;
}

function result(writer: BerWriter, operation: number): void {
  writer.startSequence(operation);
  writer.writeEnumeration(0);
  writer.writeString('');
  writer.writeString('');
  writer.endSequence();
}

function writeAttribute(writer: BerWriter, name: string, values: readonly (string | Buffer)[]): void {
  writer.startSequence();
  writer.writeString(name);
  writer.startSequence(0x31);
  for (const value of values) writer.writeBuffer(Buffer.from(value as string), 0x04);
  writer.endSequence();
  writer.endSequence();
}

function writePaging(writer: BerWriter, cookie: string): void {
  const value = new BerWriter();
  value.startSequence();
  value.writeInt(0);
  value.writeString(cookie);
  value.endSequence();
  writer.startSequence(0xa0);
  writer.startSequence();
  writer.writeString(paging);
  writer.writeBuffer(value.buffer, 0x04);
  writer.endSequence();
  writer.endSequence();
}
