import type { Reader } from '../../db/database.ts';
import type { PrincipalRow, ShareRow } from '../../db/schema.ts';
import type { Mailbox } from '../../format/mail/outgoingMail.ts';
import type { Context } from '../context.ts';
import { languagesOf } from '../preferences/languagesOf.ts';
import { unwillingAmong } from '../preferences/mailChoices.ts';
import type { MailKind } from '../preferences/mailChoices.ts';
import { membersOf } from '../principal/membersOf.ts';

/** A group without an address of its own gets one mail per member, up to this number. */
const mostMembers = 500;

/** A person who is told of a share by mail. */
export type Recipient = {
  readonly to: Mailbox;
  readonly language: 'fr' | 'en';
  /** The share is theirs already: nothing is asked. */
  readonly answered: boolean;
  /** Who can choose which mails they get; null: the address of a group. */
  readonly personId: string | null;
};

/** Who is told of a share by mail: those who have an address and have not opted out of this kind of mail. */
export async function mailRecipients(
  reader: Reader,
  context: Context,
  { share, grantee, kind }: { share: ShareRow; grantee: PrincipalRow | undefined; kind: MailKind },
): Promise<Recipient[]> {
  if (!grantee) return [];
  if (grantee.kind === 'group' && grantee.email !== null) {
    const to = { name: grantee.name, address: grantee.email };
    const language = await languagesOf(reader, [grantee.id], context.actor.language);
    return [{ to, language: language(grantee.id), answered: false, personId: null }];
  }
  const people = grantee.kind === 'group' ? await membersOf(reader, grantee.id, mostMembers) : [grantee];
  return recipientsAmong(
    reader,
    context,
    people.filter(({ id }) => id !== context.actor.principalId || grantee.kind !== 'group'),
    { bookId: share.book_id, kind },
  );
}

/** Those of these people who can be written to about a folder. */
export async function recipientsAmong(
  reader: Reader,
  context: Context,
  people: readonly PrincipalRow[],
  { bookId, kind }: { readonly bookId: string; readonly kind: MailKind },
): Promise<Recipient[]> {
  const ids = people.map(({ id }) => id);
  const [language, unwilling, accepted] = [
    await languagesOf(reader, ids, context.actor.language),
    await unwillingAmong(reader, ids, kind),
    await acceptedAmong(reader, ids, bookId),
  ];
  return people.flatMap(({ id, name, email }) =>
    email === null || unwilling.has(id)
      ? []
      : [{ to: { name, address: email }, language: language(id), answered: accepted.has(id), personId: id }],
  );
}

async function acceptedAmong(reader: Reader, ids: readonly string[], bookId: string): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await reader.all(
    reader.build
      .selectFrom('subscription')
      .select('principal_id')
      .where('book_id', '=', bookId)
      .where('status', '=', 'accepted')
      .where('principal_id', 'in', [...ids]),
  );
  return new Set(rows.map((row) => row.principal_id));
}
