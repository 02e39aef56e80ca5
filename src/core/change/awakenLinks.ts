import { sql } from 'kysely';
import type { Writer } from '../../db/database.ts';
import { statement } from '../../db/statement.ts';
import type { Change } from './hub.ts';

const idsAtOnce = 200;

/**
 * Marks linked copies as due, in the same transaction, when the log notes a change of their originals, or when shares
 * or groups give access to them. Returns whether there are any. Cost: one index look-up for each card.
 */
export async function awakenLinks(
  writer: Writer,
  log: readonly Change[],
  regrouped: readonly string[],
): Promise<boolean> {
  let count = 0;
  const cards = log.filter(({ type }) => type === 'ContactCard');
  for (const [kind, awaken] of [
    ['created', come],
    ['updated', changed],
  ] as const) {
    const ids = new Set(cards.filter((change) => change.kind === kind).map(({ object_id: id }) => id));
    for (const some of chunks(ids)) count += await writer.run(awaken(writer, { ids: some }));
  }
  const opened = log.filter(({ type, kind }) => type === 'AddressBook' && kind === 'access');
  for (const ids of chunks(new Set(opened.map(({ account_id: id }) => id))))
    count += await writer.run(accessible(writer, { ids }));
  for (const ids of chunks(new Set(regrouped))) count += await writer.run(ofPeople(writer, { ids }));
  return count > 0 || log.some(({ type, kind }) => type === 'CardLink' && kind === 'created');
}

function* chunks(ids: ReadonlySet<string>): Generator<readonly string[]> {
  const all = [...ids];
  for (let start = 0; start < all.length; start += idsAtOnce) yield all.slice(start, start + idsAtOnce);
}

type Ids = { readonly ids: readonly string[] };

const changed = statement((build, { ids }: Ids) =>
  build.updateTable('card_link').set({ due: 1 }).where('source_id', 'in', ids).where('unlinked_at', 'is', null),
);
/** The same, and a copy that came out of the trash. */
const come = statement((build, { ids }: Ids) =>
  build
    .updateTable('card_link')
    .set({ due: 1 })
    .where((is) =>
      is.or([
        is.and([is('source_id', 'in', ids), is('unlinked_at', 'is', null)]),
        is.and([is('copy_id', 'in', ids), is('due', '=', 2)]),
      ]),
    ),
);
const accessible = statement((build, { ids }: Ids) =>
  sql<unknown>`
    UPDATE card_link SET due = 1 WHERE due = 2 AND (source_account_id IN (${sql.join(ids)})
      OR (SELECT account_id FROM card WHERE card.id = copy_id) IN (${sql.join(ids)}))`.compile(build),
);
const ofPeople = statement((build, { ids }: Ids) =>
  build.updateTable('card_link').set({ due: 1 }).where('principal_id', 'in', ids).where('due', '=', 2),
);
