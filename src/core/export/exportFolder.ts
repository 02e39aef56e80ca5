import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { notFound } from '../../errors.ts';
import { createBreath } from '../../lib/breath.ts';
import type { Context, World } from '../context.ts';
import { requireBook } from '../sharing/access.ts';
import { auditFolderExport, auditLinkUse } from './auditExport.ts';
import { readLink } from '../sharing/links.ts';
import { withNotes } from './withNotes.ts';
import { writeForm } from './writeForm.ts';
import type { ExportForm, ReadPages } from './writeForm.ts';

/**
 * The contacts of a folder as a file, piece by piece; the folder is never in memory as a whole. Whether the person may
 * read it is checked again with every page: whoever loses the right gets nothing more. Errors: `notFound`.
 */
export async function* exportFolder(context: Context, bookId: string, form: ExportForm): AsyncGenerator<string> {
  await auditFolderExport(context, (await requireBook(context.db, context, bookId)).book, form);
  yield* writeFolder(context, bookId, form);
}

/** Like `exportFolder`, as part of an export that is recorded as a whole. */
export function writeFolder(context: Context, bookId: string, form: ExportForm): AsyncGenerator<string> {
  const allow = async () => (await requireBook(context.db, context, bookId)).book.id;
  return write(context, form, { allow, context });
}

/** Who uses a link: the secret in it, and the address of their computer. */
export type LinkUse = { readonly token: string; readonly address: string };

/** Like `exportFolder`, for whoever has the public link. */
export async function* exportLinkedFolder(
  world: World,
  { token, address }: LinkUse,
  form: ExportForm,
): AsyncGenerator<string> {
  const linked = async () => {
    const link = await readLink(world, token);
    if (!link) throw notFound('link');
    return link;
  };
  await auditLinkUse(world, await linked(), address);
  yield* write(world, form, { allow: async () => (await linked()).book.id });
}

/** Tells which folder may be read at this moment, or throws. */
type Allow = () => Promise<string>;

/** `context`: whose notes may be written, too. */
type Source = { readonly allow: Allow; readonly context?: Context };

function write(world: World, form: ExportForm, { allow, context }: Source): AsyncGenerator<string> {
  const read: ReadPages = async function* (column, size) {
    for await (const page of pages(world.db, allow, column, size))
      yield form.privateNotes && context ? await withNotes(context, column, page) : page.map(({ text }) => text);
  };
  return writeForm(form, read);
}

type Row = { readonly text: string; readonly file_as_key: string; readonly id: string };

/** The cards in the order of the list, from key to key: what is added or moved meanwhile neither repeats nor hides another. */
async function* pages(reader: Reader, allow: Allow, column: 'data' | 'vcard', size: number): AsyncGenerator<Row[]> {
  const breathe = createBreath(1);
  let last: Row | undefined;
  for (;;) {
    const bookId = await allow();
    const after = last ? sql`AND (file_as_key, card.id) > (${last.file_as_key}, ${last.id})` : sql``;
    const source = column === 'data' ? sql`card` : sql`card JOIN card_record ON card_record.card_id = card.id`;
    const rows: Row[] = await reader.all(
      sql<Row>`SELECT card.id, file_as_key, ${sql.raw(column)} AS text FROM ${source}
        WHERE book_id = ${bookId} AND trash_id IS NULL ${after} ORDER BY file_as_key, card.id LIMIT ${size}`.compile(
        reader.build,
      ),
    );
    await breathe();
    if (rows.length > 0) yield rows;
    last = rows.at(-1);
    if (!last || rows.length < size) return;
  }
}
