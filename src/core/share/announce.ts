import type { Reader } from '../../db/database.ts';
import type { AddressBookRow, PrincipalRow, ShareRow } from '../../db/schema.ts';
import { shareMail } from '../../format/mail/shareMail.ts';
import type { ShareMailFacts } from '../../format/mail/shareMail.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { rightsOf } from '../sharing/access.ts';
import type { VisibleBook } from '../sharing/access.ts';
import { areSame, roleOf } from '../sharing/rights.ts';
import { renewGuestLink } from './guestLink.ts';
import type { GuestLink } from './guestLink.ts';
import { mailRecipients, recipientsAmong } from './mailRecipients.ts';
import type { Recipient } from './mailRecipients.ts';
import type { MailChoice } from './types.ts';
import { mayWrite, writeMail } from './writeMail.ts';

/** What happened to a share; `old` is the share before it was changed. */
export type ShareNews = {
  readonly kind: 'created' | 'modified' | 'revoked' | 'expired';
  readonly book: AddressBookRow;
  readonly share: ShareRow;
  readonly old?: ShareRow;
  /** The grantee has heard nothing of this share yet. */
  readonly isNew?: boolean;
};

const kinds = { created: 'created', modified: 'modified', revoked: 'ended', expired: 'ended' } as const;

/**
 * Tells the grantees of a share by mail what happened to it. The mail is queued in the operation's own transaction.
 * Errors: `tooManyAttempts` with the reason tooManyMails. Ending a share never fails for that: beyond the limit, its
 * end is announced in the app only.
 */
export async function announce(tx: Transaction, context: Context, news: ShareNews, mail: MailChoice): Promise<void> {
  const { kind, book, share, old } = news;
  if (mail.message === 'none' || share.type === 'public' || !context.settings.mailEnabled) return;
  const [owner, actor] = [await person(tx, book.account_id), await person(tx, context.actor.principalId)];
  const grantee = share.principal_id === null ? undefined : await person(tx, share.principal_id);
  const facts = {
    ...factsOf(context, book, share, old),
    ownerName: owner.name,
    ownerEmail: owner.email,
    actorName: actor.name,
    note: mail.note,
  };
  const recipients = await mailRecipients(tx, context, { share, grantee, kind: kinds[kind] });
  const isEnd = kinds[kind] === 'ended';
  const isGuest = share.type === 'guest';
  if (kind !== 'expired' && !(await mayWrite(tx, context, recipients, { isGuest, mustNotFail: isEnd }))) return;
  const link = isGuest && recipients.length > 0 ? await linkFor(tx, context, news) : null;
  for (const recipient of recipients) {
    const { to, language, answered } = recipient;
    const text = (stopUrl: string | null) =>
      shareMail(
        kind,
        {
          ...facts,
          recipientName: to.name,
          recipientEmail: to.address,
          granteeName: grantee?.kind === 'group' && to.address !== grantee.email ? grantee.name : null,
          stopUrl,
          ...(answered || isGuest ? { acceptUrl: null, declineUrl: null } : {}),
          ...guestFacts(context, link),
        },
        language,
      );
    await writeMail(tx, context, {
      recipient,
      sender: actor,
      kind: kinds[kind],
      text,
      thread: share.id,
      isFirst: news.isNew ?? false,
    });
  }
}

/** A new link for a guest who is invited or has not come yet; those who have come only sign in. */
async function linkFor(tx: Transaction, context: Context, { kind, share }: ShareNews): Promise<GuestLink | null> {
  if (kinds[kind] === 'ended') return null;
  const known = tx.build.selectFrom('credential').select('principal_id').where('principal_id', '=', share.principal_id);
  return kind === 'created' || !(await tx.first(known)) ? renewGuestLink(tx, context, share) : null;
}

function guestFacts({ settings }: Context, link: GuestLink | null): Partial<ShareMailFacts> {
  if (!link) return {};
  return { openUrl: link.url, guest: { linkExpiresAt: link.expiresAt, signInUrl: settings.publicUrl } };
}

/** Tells the owner, and whoever made the share, that it was accepted or declined. */
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
  const told = (await sharersOf(tx, book)).filter(({ id }) => id !== context.actor.principalId);
  const recipients = await recipientsAmong(tx, context, told, { bookId: book.id, kind: 'answered' });
  await mayWrite(tx, context, recipients, { isGuest: false, mustNotFail: false });
  for (const recipient of recipients) {
    const text = (stopUrl: string | null) => shareMail(answer, { ...facts, stopUrl }, recipient.language);
    const sender = actor.is_guest === 1 ? asGuest(actor, recipient) : actor;
    await writeMail(tx, context, { recipient, sender, kind: 'answered', text, thread: `${book.id} ${actor.id}` });
  }
}

const external = { fr: 'invité externe', en: 'external guest' } as const;

/** Guests choose what they are called: a mail of the organisation says that they are from outside. */
function asGuest(guest: PrincipalRow, { language }: Recipient): PrincipalRow {
  return { ...guest, name: `${guest.name}, ${external[language]}` };
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
  return {
    folderName: book.name,
    role: roleOf(rights),
    rights,
    changed: old
      ? {
          role: !areSame(rightsOf(old), rights),
          expiresAt: old.expires_at !== share.expires_at,
        }
      : {},
    expiresAt: share.expires_at,
    acceptUrl: `${invitation}/accept`,
    declineUrl: `${invitation}/decline`,
    openUrl: `${publicUrl}/folders/${book.account_id}/${book.id}`,
    organisation,
  };
}

/** The owner of a folder and whoever shared it with somebody. */
async function sharersOf(reader: Reader, book: AddressBookRow): Promise<PrincipalRow[]> {
  const { build } = reader;
  const makers = build
    .selectFrom('share')
    .select('created_by')
    .where('book_id', '=', book.id)
    .where('type', '<>', 'public');
  return reader.all(
    build
      .selectFrom('principal')
      .selectAll()
      .where('is_active', '=', 1)
      .where(({ or, eb }) => or([eb('id', '=', book.account_id), eb('id', 'in', makers)])),
  );
}

async function person(reader: Reader, id: string): Promise<PrincipalRow> {
  return (await reader.first(reader.build.selectFrom('principal').selectAll().where('id', '=', id)))!;
}
