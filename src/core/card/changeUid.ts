import type { CardRow } from '../../db/schema.ts';
import { fromVCard } from '../../format/jscontact/fromVCard.ts';
import { toVCard } from '../../format/jscontact/toVCard.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import { serializeVCard } from '../../format/vcard/serialize.ts';
import type { Transaction } from '../change/transaction.ts';
import { keepVersion } from '../version/keepVersion.ts';
import type { Doer } from '../version/keepVersion.ts';
import { contentsOf } from './contents/contents.ts';
import { replaceTexts } from './words/writeTexts.ts';

/** Gives a restored card a new uid, in the record and in the projection. */
export async function changeUid(tx: Transaction, doer: Doer, card: CardRow, uid: string): Promise<void> {
  await keepVersion(tx, doer, { card, action: 'updated', before: card });
  const record = (await tx.first(tx.build.selectFrom('card_record').select('vcard').where('card_id', '=', card.id)))!;
  const base = parseVCard(record.vcard);
  const vcard = serializeVCard(toVCard({ ...fromVCard(base), uid }, base));
  const { data, mark, texts } = contentsOf(vcard);
  const { build } = tx;
  await tx.run(build.updateTable('card_record').set({ vcard }).where('card_id', '=', card.id));
  const row = { uid, data, ...mark };
  await tx.run(build.updateTable('card').set(row).where('id', '=', card.id));
  await replaceTexts(tx, { id: card.id, bookId: card.book_id, accountId: card.account_id }, texts);
}
