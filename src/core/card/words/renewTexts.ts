import { sql } from 'kysely';
import { createBreath } from '../../../lib/breath.ts';
import { lineTexts } from '../../../lib/lineText.ts';
import { transact } from '../../change/transact.ts';
import type { Transaction } from '../../change/transaction.ts';
import type { World } from '../../context.ts';
import { readSetting, writeSetting } from '../../settings.ts';
import { replaceTexts } from './writeTexts.ts';

// Moves when `lineTexts` says something else of some records; `isOdd` are those of which it did the last time.
const version = 1;
const atOnce = 200;
/** So many in one run of the job: a program that is to end does not wait for all of a large database. */
const mostBatches = 50;

type Progress = { readonly version: number; readonly after: string | null };

/** Lines that end in other ways than with CR LF or LF, or go on in the ways of old programs; and cards within cards. */
const isOdd = sql<boolean>`(vcard LIKE '%QUOTED-PRINTABLE%' OR vcard LIKE '%AGENT%'
  OR instr(replace(vcard, ${'\r\n'}, ''), ${'\r'}) > 0)`;

/**
 * Makes the texts in which the cards of before are looked for what they are of a new card, where they may differ: a part
 * at each call, and no more once all have been looked at. It is no migration, as PostgreSQL cannot say them.
 */
export async function renewTexts(world: World): Promise<void> {
  const breathe = createBreath(1);
  for (let batch = 0; batch < mostBatches && (await renewSome(world)); batch += 1) await breathe();
}

async function renewSome(world: World): Promise<boolean> {
  const { db } = world;
  const kept = await readSetting(db, 'lineTexts');
  const known = kept === undefined ? null : (JSON.parse(kept) as Progress);
  const after = known?.version === version ? known.after : '';
  if (after === null) return false;
  const next = db.build.selectFrom('card_record').select('card_id').where('card_id', '>', after);
  const ids = (await db.all(next.orderBy('card_id').limit(atOnce))).map(({ card_id: id }) => id);
  const last = ids.length < atOnce ? null : ids.at(-1)!;
  const odd =
    ids.length === 0
      ? []
      : await db.all(db.build.selectFrom('card_record').select('card_id').where('card_id', 'in', ids).where(isOdd));
  await transact(world, async (tx) => {
    for (const { card_id: id } of odd) await renew(tx, id);
    await writeSetting(tx, 'lineTexts', JSON.stringify({ version, after: last }));
  });
  return last !== null;
}

async function renew(tx: Transaction, id: string): Promise<void> {
  const { build } = tx;
  const card = await tx.first(
    build
      .selectFrom('card')
      .innerJoin('card_record', 'card_record.card_id', 'card.id')
      .select(['card.account_id', 'card.book_id', 'card.uri', 'card.trash_id', 'card_record.vcard'])
      .where('card.id', '=', id),
  );
  if (!card) return;
  const { account_id: accountId, book_id: bookId, uri, vcard } = card;
  const isRenewed = await replaceTexts(tx, { id, bookId, accountId }, lineTexts(vcard));
  // Programs that have the texts of its folder at hand read them anew (`cardsWithBrief`).
  if (isRenewed && card.trash_id === null)
    tx.changed({ accountId, type: 'ContactCard', id, kind: 'updated', bookId, uri });
}
