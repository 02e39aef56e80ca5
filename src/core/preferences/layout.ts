import { invalid } from '../../errors.ts';
import type { JsonObject } from '../../lib/json.ts';
import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { requireWhole } from '../scope.ts';

/** Octets, as JSON: some hundred folders with an order of their own. */
const largestLayout = 32_768;

/** How the person who asks has arranged lists and panes: their programs know what is in it. */
export async function getLayout(context: Context): Promise<JsonObject> {
  requireWhole(context);
  const { db, actor } = context;
  const row = await db.first(
    db.build.selectFrom('layout').select('content').where('principal_id', '=', actor.principalId),
  );
  return row ? (JSON.parse(row.content) as JsonObject) : {};
}

/** Replaces it. */
export async function setLayout(context: Context, layout: JsonObject): Promise<void> {
  const { principalId } = context.actor;
  const content = JSON.stringify(layout);
  if (Buffer.byteLength(content) > largestLayout) throw invalid('layout', `layout is at most ${largestLayout} octets`);
  await transact(context, async (tx) => {
    const row = tx.build.insertInto('layout').values({ principal_id: principalId, content });
    await tx.run(row.onConflict((conflict) => conflict.column('principal_id').doUpdateSet({ content })));
    tx.changed({ accountId: principalId, type: 'Preferences', id: 'singleton', kind: 'updated' });
  });
}
