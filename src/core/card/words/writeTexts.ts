import type { CardTextRow } from '../../../db/schema.ts';
import { inAccount } from '../../../db/inAccount.ts';
import { statement } from '../../../db/statement.ts';
import type { Transaction } from '../../change/transaction.ts';
import type { CardContents } from '../contents/contents.ts';

/** A card, in its folder and account. */
type Placed = { readonly id: string; readonly bookId: string; readonly accountId: string };

type Texts = CardContents['texts'];

/** Writes the texts in which devices look for a new card. */
export async function insertTexts(tx: Transaction, card: Placed, texts: Texts): Promise<void> {
  const { id, bookId, accountId } = card;
  for (const [{ insert }, text] of inTables(texts))
    await tx.run(insert(tx, { row: { book_id: bookId, card_id: id, text, account_id: accountId } }));
}

/** Replaces those of a card that is there; whether one of them was another. */
export async function replaceTexts(tx: Transaction, card: Placed, texts: Texts): Promise<boolean> {
  let replaced = 0;
  for (const [{ replace }, text] of inTables(texts)) replaced += await tx.run(replace(tx, { ...card, text }));
  return replaced > 0;
}

function inTables({ whole, brief }: Texts) {
  return [
    [tables.card_text, whole],
    [tables.card_brief, brief],
  ] as const;
}

const tables = { card_text: tableOf('card_text'), card_brief: tableOf('card_brief') };

function tableOf(name: 'card_text' | 'card_brief') {
  return {
    insert: statement((build, { row }: { row: CardTextRow }) => build.insertInto(name).values(row)),
    replace: statement((build, { id, bookId, accountId, text }: Placed & { text: string }) =>
      build
        .updateTable(name)
        .set({ text })
        .where('book_id', '=', bookId)
        .where('card_id', '=', id)
        .where(inAccount(accountId))
        // Names and addresses are mostly as they were.
        .where('text', '<>', text),
    ),
  };
}
