import assert from 'node:assert/strict';
import type { Person } from '../person.ts';

/** An open window: an event stream (RFC 8620 §7.3). */
export type Stream = AsyncDisposable & {
  /** Returns when it has been told of a change. */
  change(): Promise<void>;
};

/** Opens one. */
export async function openStream(person: Person): Promise<Stream> {
  const response = await person.get('/jmap/eventsource?types=*&closeafter=no&ping=0');
  assert.equal(response.status, 200);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let told = '';
  return {
    async change() {
      while (!told.includes('event: state')) {
        const { value, done } = await reader.read();
        assert.equal(done, false, told);
        told += value ?? '';
      }
    },
    [Symbol.asyncDispose]: () => reader.cancel(),
  };
}
