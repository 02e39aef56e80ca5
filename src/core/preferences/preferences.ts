import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { requireWhole } from '../scope.ts';

/** What a person has chosen for themselves; null: as the browser says. */
export type Preferences = {
  readonly language: 'fr' | 'en' | null;
  readonly theme: 'light' | 'dark' | null;
  /** Whether those whom the person writes to are collected. */
  readonly collects: boolean;
};

/** The preferences of the person who asks. */
export async function getPreferences(context: Context): Promise<Preferences> {
  requireWhole(context);
  const { db, actor } = context;
  const row = await db.first(
    db.build.selectFrom('preference').selectAll().where('principal_id', '=', actor.principalId),
  );
  return {
    language: row?.language === 'fr' || row?.language === 'en' ? row.language : null,
    theme: row?.theme === 'light' || row?.theme === 'dark' ? row.theme : null,
    collects: row?.collects !== 0,
  };
}

/** Replaces the preferences of the person who asks. */
export async function setPreferences(context: Context, preferences: Preferences): Promise<void> {
  const { principalId } = context.actor;
  const { language, theme, collects } = preferences;
  const chosen = { language, theme, collects: Number(collects) };
  await transact(context, async (tx) => {
    const row = tx.build.insertInto('preference').values({ principal_id: principalId, ...chosen });
    await tx.run(row.onConflict((conflict) => conflict.column('principal_id').doUpdateSet(chosen)));
    tx.changed({ accountId: principalId, type: 'Preferences', id: 'singleton', kind: 'updated' });
  });
}
