import type { Reader, Writer } from '../../db/database.ts';
import { transact } from '../change/transact.ts';
import type { Context, World } from '../context.ts';

/** The kinds of mail that a person can opt out of; the app still tells them everything. */
export const mailKinds = ['created', 'modified', 'ended', 'answered', 'asked'] as const;

/** One of these kinds. */
export type MailKind = (typeof mailKinds)[number];

/** For each kind, whether the person wants it. */
export type MailChoices = Readonly<Record<MailKind, boolean>>;

/** Which mails the person wants to get. */
export async function getMailChoices({ db, actor }: Context): Promise<MailChoices> {
  const rows = await db.all(
    db.build.selectFrom('unwanted_mail').select('kind').where('principal_id', '=', actor.principalId),
  );
  const unwanted = new Set(rows.map((row) => row.kind));
  const wants = (kind: MailKind) => !unwanted.has(kind);
  return Object.fromEntries(mailKinds.map((kind) => [kind, wants(kind)])) as MailChoices;
}

/** Replaces these choices. */
export async function setMailChoices(context: Context, choices: MailChoices): Promise<void> {
  const { principalId } = context.actor;
  await transact(context, async (tx) => {
    await tx.run(tx.build.deleteFrom('unwanted_mail').where('principal_id', '=', principalId));
    for (const kind of mailKinds.filter((each) => !choices[each])) await noMore(tx, principalId, kind);
    tx.changed({ accountId: principalId, type: 'Preferences', id: 'singleton', kind: 'updated' });
  });
}

/** Turns mails of one kind off or on for a person who came by the link in such a mail. */
export async function setMailWanted(
  world: World,
  { personId, kind }: { readonly personId: string; readonly kind: MailKind },
  isWanted: boolean,
): Promise<void> {
  await transact(world, async (tx) => {
    const row = tx.build.deleteFrom('unwanted_mail').where('principal_id', '=', personId).where('kind', '=', kind);
    if (isWanted) await tx.run(row);
    else await noMore(tx, personId, kind);
    tx.changed({ accountId: personId, type: 'Preferences', id: 'singleton', kind: 'updated' });
  });
}

/** Those of these people who have opted out of mails of this kind. */
export async function unwillingAmong(
  reader: Reader,
  personIds: readonly string[],
  kind: MailKind,
): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await reader.all(
    reader.build
      .selectFrom('unwanted_mail')
      .select('principal_id')
      .where('kind', '=', kind)
      .where('principal_id', 'in', [...personIds]),
  );
  return new Set(rows.map((row) => row.principal_id));
}

async function noMore(tx: Writer, personId: string, kind: MailKind): Promise<void> {
  const row = tx.build.insertInto('unwanted_mail').values({ principal_id: personId, kind });
  await tx.run(row.onConflict((conflict) => conflict.doNothing()));
}
