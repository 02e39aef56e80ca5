/** A file in an archive, before it is read (`lib/files/tgz.ts`). */
type Entry = { readonly name: string; readonly size: number; read(most: number): Promise<Uint8Array> };

/** What belongs together in an archive: what Zimbra says of an item, and what it keeps beside it; or a vCard alone. */
export type ArchivePiece =
  | { readonly kind: 'item'; readonly name: string; readonly meta: string; readonly beside: Uint8Array | null }
  | { readonly kind: 'vcard'; readonly name: string; readonly text: string }
  /** What SOAP said of folders and tags, put there when the account was read. */
  | { readonly kind: 'soap'; readonly text: string }
  | { readonly kind: 'problem'; readonly name: string };

/** The file that holds what SOAP said. */
export const soapName = 'coterie-soap.json';

/** A contact has 1,000 attributes of 10 MB at most there; here so much is read. */
const mostMeta = 4_000_000;
const mostSoap = 20_000_000;
const mostBeside = 12_000_000;

/**
 * The pieces of an archive that are about contacts, in its order; mails and all else are passed over unread. A contact's
 * photo stands right behind it, under the same name without `.meta`.
 */
export async function* archivePieces(entries: AsyncIterable<Entry>): AsyncGenerator<ArchivePiece> {
  let open: { name: string; meta: string; isContact: boolean } | undefined;
  const finished = (beside: Uint8Array | null): ArchivePiece[] =>
    open ? [{ kind: 'item', name: open.name, meta: open.meta, beside }] : [];
  for await (const entry of entries) {
    const name = plainName(entry.name);
    if (open?.isContact && `${name}.meta` === open.name) {
      yield* finished(entry.size > mostBeside ? new Uint8Array() : await entry.read(mostBeside));
      open = undefined;
      continue;
    }
    yield* finished(null);
    open = undefined;
    if (name === soapName && entry.size <= mostSoap) yield { kind: 'soap', text: await read(entry, mostSoap) };
    else if (name.endsWith('.vcf') && entry.size <= mostBeside)
      yield { kind: 'vcard', name, text: await read(entry, mostBeside) };
    else if (name.endsWith('.meta')) {
      const meta = entry.size > mostMeta ? null : await read(entry, mostMeta);
      const type = meta === null ? undefined : typeOf(meta);
      if (type === 'broken' || meta === null) yield { kind: 'problem', name };
      else if (type !== undefined) open = { name, meta, isContact: type === 6 };
    }
  }
  yield* finished(null);
}

async function read(entry: Entry, most: number): Promise<string> {
  return new TextDecoder().decode(await entry.read(most));
}

/** Who packs an archive anew writes `./` before everything. */
function plainName(name: string): string {
  return name.replace(/^(\.\/)+/u, '');
}

/** The type of an item about contacts; undefined: of another. */
function typeOf(meta: string): number | 'broken' | undefined {
  try {
    const json = JSON.parse(meta) as { type?: unknown } | null;
    const type = json?.type;
    return type === 1 || type === 3 || type === 6 || type === 13
      ? type
      : typeof type === 'number'
        ? undefined
        : 'broken';
  } catch {
    return 'broken';
  }
}
