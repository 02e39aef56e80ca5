import type { Reader } from '../../db/database.ts';
import type { AddressBookRow, PrincipalRow, ShareRow } from '../../db/schema.ts';
import type { Mailbox } from '../../format/mail/outgoingMail.ts';
import { shareMail } from '../../format/mail/shareMail.ts';
import type { ShareMailFacts } from '../../format/mail/shareMail.ts';
import type { Transaction } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { outgoingMail, queueMail } from '../outbox/queueMail.ts';
import { membersOf } from '../principal/membersOf.ts';
import { rightsOf } from '../sharing/access.ts';
import type { VisibleBook } from '../sharing/access.ts';
import { linkUrl } from '../sharing/links.ts';
import { rightNames, roleOf } from '../sharing/rights.ts';
import type { MailChoice } from './types.ts';

/** A group without an address of its own gets a mail per member, up to this many. */
const mostMembers = 500;

type Recipient = { readonly to: Mailbox; readonly language: 'fr' | 'en'; readonly answered: boolean };

/** What became of a share; `old` is the share before it was changed. */
export type ShareNews = {
  readonly kind: 'created' | 'modified' | 'revoked' | 'expired';
  readonly book: AddressBookRow;
  readonly share: ShareRow;
  readonly old?: ShareRow;
};

/** Tells the grantees of a share by mail what became of it. The mail is queued in the operation's own transaction. */
export async function announce(tx: Transaction, context: Context, news: ShareNews, mail: MailChoice): Promise<void> {
  const { kind, book, share, old } = news;
  if (mail.message === 'none' || share.type === 'public' || !context.settings.mailEnabled) return;
  const [owner, actor] = [await person(tx, book.account_id), await person(tx, context.actor.principalId)];
  const facts = {
    ...factsOf(context, book, share, old),
    ownerName: owner.name,
    ownerEmail: owner.email,
    actorName: actor.name,
    note: mail.note,
  };
  const group = share.principal_id === null ? undefined : await person(tx, share.principal_id);
  for (const { to, language, answered } of await recipientsOf(tx, context, share, group)) {
    const text = shareMail(
      kind,
      {
        ...facts,
        recipientName: to.name,
        recipientEmail: to.address,
        granteeName: group?.kind === 'group' && to.address !== group.email ? group.name : null,
        ...(answered ? { acceptUrl: null, declineUrl: null } : {}),
      },
      language,
    );
    await queueMail(tx, context, outgoingMail(context, { ...text, sender: actor, to }));
  }
}

/** Tells the owner, and the one who made the share, that it was accepted or declined. */
export async function announceAnswer(
  tx: Transaction,
  context: Context,
  answer: 'accepted' | 'declined',
  seen: VisibleBook,
  mail: MailChoice,
): Promise<void> {
  if (mail.message === 'none' || !context.settings.mailEnabled) return;
  const { book } = seen;
  const [owner, actor] = [await person(tx, book.account_id), await person(tx, context.actor.principalId)];
  const sharers = await tx.all(
    tx.build
      .selectFrom('share')
      .select('created_by')
      .distinct()
      .where('book_id', '=', book.id)
      .where('type', '=', 'principal'),
  );
  const facts: ShareMailFacts = {
    actorName: actor.name,
    folderName: book.name,
    ownerName: owner.name,
    ownerEmail: owner.email,
    recipientName: actor.name,
    recipientEmail: actor.email,
    role: roleOf(seen.offered),
    rights: seen.offered,
    note: mail.note,
    openUrl: `${context.settings.publicUrl}/folders/${book.account_id}/${book.id}`,
    organisation: context.settings.organisation,
  };
  for (const id of new Set([book.account_id, ...sharers.map((row) => row.created_by)])) {
    const to = await person(tx, id);
    if (to.email === null || id === context.actor.principalId) continue;
    const text = shareMail(answer, facts, await languageOf(tx, context, id));
    await queueMail(
      tx,
      context,
      outgoingMail(context, { ...text, sender: actor, to: { name: to.name, address: to.email } }),
    );
  }
}

function factsOf(
  context: Context,
  book: AddressBookRow,
  share: ShareRow,
  old: ShareRow | undefined,
): Omit<ShareMailFacts, 'actorName' | 'ownerName' | 'recipientName'> {
  const { publicUrl, organisation } = context.settings;
  const invitation = `${publicUrl}/share/${book.account_id}/${book.id}`;
  const rights = rightsOf(share);
  const isGuest = share.type === 'guest';
  return {
    folderName: book.name,
    role: roleOf(rights),
    rights,
    changed: old
      ? {
          role: rightNames.some((name) => rightsOf(old)[name] !== rights[name]),
          expiresAt: old.expires_at !== share.expires_at,
        }
      : {},
    expiresAt: share.expires_at,
    acceptUrl: isGuest ? null : `${invitation}/accept`,
    declineUrl: isGuest ? null : `${invitation}/decline`,
    openUrl: isGuest ? linkUrl(context, share.id) : `${publicUrl}/folders/${book.account_id}/${book.id}`,
    isGuest,
    organisation,
  };
}

async function recipientsOf(
  tx: Transaction,
  context: Context,
  share: ShareRow,
  grantee: PrincipalRow | undefined,
): Promise<Recipient[]> {
  if (!grantee)
    return [{ to: { name: share.email!, address: share.email! }, language: context.actor.language, answered: true }];
  if (grantee.kind === 'group' && grantee.email === null) {
    const members = (await membersOf(tx, grantee.id, mostMembers)).filter(
      (member) => member.id !== context.actor.principalId,
    );
    return (await Promise.all(members.map((member) => recipientOf(tx, context, share, member)))).flat();
  }
  return recipientOf(tx, context, share, grantee);
}

async function recipientOf(
  tx: Transaction,
  context: Context,
  share: ShareRow,
  principal: PrincipalRow,
): Promise<Recipient[]> {
  if (principal.email === null) return [];
  const answer = await tx.first(
    tx.build
      .selectFrom('subscription')
      .select('status')
      .where('principal_id', '=', principal.id)
      .where('book_id', '=', share.book_id)
      .where('status', '=', 'accepted'),
  );
  const to = { name: principal.name, address: principal.email };
  return [{ to, language: await languageOf(tx, context, principal.id), answered: answer !== undefined }];
}

/** The language that the recipient chose, else that of the one who writes. */
async function languageOf(reader: Reader, context: Context, principalId: string): Promise<'fr' | 'en'> {
  const row = await reader.first(
    reader.build.selectFrom('preference').select('language').where('principal_id', '=', principalId),
  );
  return row?.language === 'fr' || row?.language === 'en' ? row.language : context.actor.language;
}

async function person(reader: Reader, id: string): Promise<PrincipalRow> {
  return (await reader.first(reader.build.selectFrom('principal').selectAll().where('id', '=', id)))!;
}
