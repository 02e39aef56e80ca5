import type { HttpReply } from '../../lib/http/http.ts';
import { octetsOf, octetText } from '../../lib/octetText.ts';
import type { OctetText } from '../../lib/octetText.ts';
import { declarations } from './names.ts';

/** So much at a time; what is shorter goes out whole. Longer texts V8 keeps until it has nothing else to throw away. */
const chunkLength = 64 * 1024;
const chunkOctets = 256 * 1024;

/** Responses as text, or as pieces of its octets. */
export type Responses = AsyncGenerator<string | readonly OctetText[]>;

/** 207 with the responses as they come: a folder of any size is never in memory at once (RFC 4918 §13). */
export function multistatus(responses: Responses, headers: Readonly<Record<string, string>> = {}): HttpReply {
  return { ...frame(headers), body: chunks(responses) };
}

/** 207 with all responses at hand. */
export function wholeMultistatus(responses: string, headers: Readonly<Record<string, string>> = {}): HttpReply {
  return { ...frame(headers), body: `${start}${responses}${end}` };
}

const start = `<?xml version="1.0" encoding="utf-8"?>\n<D:multistatus${declarations}>\n`;
const end = '</D:multistatus>\n';

function frame(headers: Readonly<Record<string, string>>): HttpReply {
  return {
    status: 207,
    headers: {
      'Content-Type': 'application/xml; charset=utf-8',
      'Cache-Control': 'no-store',
      Vary: 'Prefer, Brief, Accept',
      ...headers,
    },
  };
}

async function* chunks(responses: Responses): AsyncGenerator<string | Uint8Array> {
  let waiting: (string | readonly OctetText[])[] = [start];
  let [length, octets] = [start.length, 0];
  for await (const response of responses) {
    waiting.push(response);
    if (typeof response === 'string') length += response.length;
    else for (const piece of response) octets += piece.length;
    if (length < chunkLength && octets < chunkOctets) continue;
    yield together(waiting);
    waiting = [];
    length = octets = 0;
  }
  yield together([...waiting, end]);
}

function together(parts: readonly (string | readonly OctetText[])[]): string | Uint8Array {
  if (parts.every((part) => typeof part === 'string')) return parts.join('');
  return octetsOf(parts.flatMap((part) => (typeof part === 'string' ? octetText(part) : part)));
}
