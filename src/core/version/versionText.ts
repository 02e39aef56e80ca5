import type { Reader } from '../../db/database.ts';
import { inAccount } from '../../db/inAccount.ts';
import type { CardRow } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import { blobIdOf } from '../blob/blobId.ts';
import { readBlobData } from '../blob/readBlobData.ts';
import type { Transaction } from '../change/transaction.ts';

/** From this size on a text is looked through for long lines. */
const longText = 8_000;
/** A logical line of so many characters is kept by itself: a photo, most of the time. */
const longLine = 2_000;

/** Whether a record is so long that it is worth cutting. */
export function isLong(size: number): boolean {
  return size > longText;
}

/** A line that was cut out, and where it began in the whole text. */
export type Cut = { readonly position: number; readonly line: string };

/** A text without its long lines (RFC 6350 §3.2: with the lines that continue them), and these. */
export function cutText(text: string): { readonly rest: string; readonly cuts: readonly Cut[] } {
  const cuts: Cut[] = [];
  let rest = '';
  let kept = 0;
  for (let start = 0; start < text.length;) {
    const end = endOfLine(text, start);
    if (end - start >= longLine) {
      cuts.push({ position: start, line: text.slice(start, end) });
      rest += text.slice(kept, start);
      kept = end;
    }
    start = end;
  }
  return { rest: rest + text.slice(kept), cuts };
}

/** Where the line that begins here ends, with the lines that continue it. */
export function endOfLine(text: string, start: number): number {
  for (let from = start; ;) {
    const end = text.indexOf('\n', from) + 1;
    if (end === 0) return text.length;
    if (text[end] !== ' ' && text[end] !== '\t') return end;
    from = end;
  }
}

/** The text as it was. */
export function joinText(rest: string, cuts: readonly Cut[]): string {
  let text = '';
  let used = 0;
  for (const { position, line } of cuts) {
    const next = used + position - text.length;
    text += rest.slice(used, next) + line;
    used = next;
  }
  return text + rest.slice(used);
}

type Place = { readonly versionId: number; readonly card: Pick<CardRow, 'id' | 'account_id'>; readonly now: Date };

/** Keeps the record of a card in a version, its long lines as blobs: the same photo once, in however many versions. */
export async function keepText(tx: Transaction, { versionId, card, now }: Place): Promise<void> {
  const accountId = card.account_id;
  const record = await tx.first(recordOf(tx, { cardId: card.id, accountId }));
  if (!record) return;
  const { rest, cuts } = cutText(record.vcard);
  await tx.run(setText(tx, { versionId, accountId, text: rest }));
  for (const { position, line } of cuts) {
    const data = Buffer.from(line);
    const blob = { id: blobIdOf(data), type: 'text/vcard', size: data.length, created_at: now.toISOString(), data };
    await tx.run(
      tx.build
        .insertInto('blob')
        .values(blob)
        .onConflict((conflict) => conflict.doNothing()),
    );
    const row = { version_id: versionId, position, blob_id: blob.id, account_id: accountId };
    await tx.run(tx.build.insertInto('version_blob').values(row));
  }
}

/** The text that a version keeps. */
export async function readText(
  reader: Reader,
  version: { readonly id: number; readonly vcard: string },
): Promise<string> {
  const rows = await reader.all(cutsOf(reader, { versionId: version.id }));
  const cuts: Cut[] = [];
  for (const { position, blob_id: blobId } of rows) {
    cuts.push({ position, line: Buffer.from((await readBlobData(reader, blobId))!.data).toString() });
  }
  return joinText(version.vcard, cuts);
}

const recordOf = statement((build, value: { cardId: string; accountId: string }) =>
  build.selectFrom('card_record').select('vcard').where('card_id', '=', value.cardId).where(inAccount(value.accountId)),
);
const setText = statement((build, value: { versionId: number; accountId: string; text: string }) =>
  build
    .updateTable('card_version')
    .set({ vcard: value.text })
    .where('id', '=', value.versionId)
    .where(inAccount(value.accountId)),
);
const cutsOf = statement((build, value: { versionId: number }) =>
  build
    .selectFrom('version_blob')
    .select(['position', 'blob_id'])
    .where('version_id', '=', value.versionId)
    .where('position', '>=', 0)
    .orderBy('position'),
);
