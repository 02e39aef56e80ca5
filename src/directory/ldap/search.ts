import { EventEmitter } from 'node:events';
import { BerWriter, Control, PagedResultsControl, SearchResponse } from 'ldapts';
import type { Client, Entry, Filter, PagedResultsValue } from 'ldapts';
import { binaryAttributes } from './values.ts';

/** What is looked for below an entry. */
export type Search = {
  readonly base: string;
  readonly filter: Filter;
  readonly attributes: readonly string[];
  readonly scope?: 'base' | 'sub';
};

/** Everything that is found, of what is surely little. Throws when the server gives only a part. */
export async function searchAll(client: Client, { base, filter, attributes, scope = 'sub' }: Search): Promise<Entry[]> {
  // Without a limit of our own ldapts throws when the server has one; with one it would hand over a part as if whole.
  const { searchEntries } = await client.search(base, {
    scope,
    filter,
    attributes: [...attributes],
    explicitBufferAttributes: binaryAttributes,
  });
  return searchEntries;
}

/**
 * Everything that is found, page by page (RFC 2696). The connection must be for this alone. ldapts takes a page without
 * entries for the end; Active Directory gives such pages in between, so we look for the end ourselves.
 */
export async function* searchPages(client: Client, search: Search, size: number): AsyncGenerator<Entry[]> {
  const { base, filter, attributes, scope = 'sub' } = search;
  const cookieOf = followCookies(client);
  let cookie: Buffer | undefined;
  do {
    const control = new PageRequest({ size, ...(cookie ? { cookie } : {}) });
    const { searchEntries } = await client.search(
      base,
      { scope, filter, attributes: [...attributes], explicitBufferAttributes: binaryAttributes },
      control,
    );
    cookie = cookieOf();
    yield searchEntries;
  } while (cookie !== undefined);
}

/** The request for a page. Not the library's own, which it refuses from others. */
class PageRequest extends Control {
  readonly #value: PagedResultsValue;

  constructor(value: PagedResultsValue) {
    super(PagedResultsControl.type);
    this.#value = value;
  }

  protected override writeControl(writer: BerWriter): void {
    const { size, cookie } = this.#value;
    const value = new BerWriter();
    value.startSequence();
    value.writeInt(size);
    value.writeBuffer(cookie ?? Buffer.alloc(0), 0x04);
    value.endSequence();
    writer.writeBuffer(value.buffer, 0x04);
  }
}

/** ldapts keeps the answered controls to itself; here is where they pass. */
function followCookies(client: Client): () => Buffer | undefined {
  const parser: unknown = Reflect.get(client, 'messageParser');
  if (!(parser instanceof EventEmitter)) throw new Error('This version of ldapts is not known');
  let last: Buffer | undefined;
  parser.on('message', (message: unknown) => {
    if (!(message instanceof SearchResponse)) return;
    const control = message.controls?.find((each) => each instanceof PagedResultsControl);
    last = control?.value?.cookie?.length ? control.value.cookie : undefined;
  });
  return () => last;
}
