import { invalid } from '../../errors.ts';
import { readColor } from '../addressbook/colors.ts';
import { transact, within } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { requireWhole } from '../scope.ts';

const limits = { colors: 1_000, keyword: 200 };

/** The colours that the person who asks has given to keywords. */
export async function listKeywordColors(context: Context): Promise<Readonly<Record<string, string>>> {
  requireWhole(context);
  const { db, actor } = context;
  const mine = db.build.selectFrom('keyword_color').selectAll().where('principal_id', '=', actor.principalId);
  const rows = await db.all(mine.orderBy('keyword'));
  return Object.fromEntries(rows.map(({ keyword, color }) => [keyword, color]));
}

/** Replaces them. Errors: `invalid` keywordColors, `invalid` color. */
export async function setKeywordColors(context: Context, colors: Readonly<Record<string, string>>): Promise<void> {
  const { principalId } = context.actor;
  const rows = Object.entries(colors).map(([keyword, color]) => ({
    principal_id: principalId,
    keyword,
    color: readColor(color)!,
  }));
  if (rows.length > limits.colors || rows.some(({ keyword }) => keyword === '' || keyword.length > limits.keyword))
    throw invalid('keywordColors', `At most ${limits.colors} keywords of at most ${limits.keyword} characters`);
  await transact(context, async (tx) => {
    await tx.run(tx.build.deleteFrom('keyword_color').where('principal_id', '=', principalId));
    if (rows.length > 0) await tx.run(tx.build.insertInto('keyword_color').values(rows));
    tx.changed({ accountId: principalId, type: 'Preferences', id: 'singleton', kind: 'updated' });
  });
}

/** Gives colours to keywords that have none yet; what no colour or keyword can be is passed over. */
export async function addKeywordColors(
  context: Context,
  keywords: readonly { readonly name: string; readonly color: string | null }[],
): Promise<void> {
  const { principalId } = context.actor;
  const rows = keywords
    .filter(({ name, color }) => color !== null && name !== '' && name.length <= limits.keyword)
    .map(({ name, color }) => ({ principal_id: principalId, keyword: name, color: readColor(color)! }));
  if (rows.length === 0) return;
  await transact(context, async (tx) => {
    const known = new Set(Object.keys(await listKeywordColors(within(context, tx))));
    const added = rows.filter(({ keyword }) => !known.has(keyword)).slice(0, limits.colors - known.size);
    if (added.length === 0) return;
    await tx.run(
      tx.build
        .insertInto('keyword_color')
        .values(added)
        .onConflict((conflict) => conflict.doNothing()),
    );
    tx.changed({ accountId: principalId, type: 'Preferences', id: 'singleton', kind: 'updated' });
  });
}
