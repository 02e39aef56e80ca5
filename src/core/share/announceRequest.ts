import type { Reader } from '../../db/database.ts';
import type { PrincipalRow } from '../../db/schema.ts';
import { requestMail } from '../../format/mail/requestMail.ts';
import type { RequestMailFacts } from '../../format/mail/requestMail.ts';
import type { RequestMailKind } from '../../format/mail/requestMailWords.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import type { MailKind } from '../preferences/mailChoices.ts';
import { recipientsAmong } from './mailRecipients.ts';
import { mayWrite, writeMail } from './writeMail.ts';

/** One person asks another for something about a folder, or answers. */
export type RequestNews = {
  readonly kind: RequestMailKind;
  readonly bookId: string;
  readonly toId: string;
  /** The kind of mail, as people choose which they want. */
  readonly mailKind: MailKind;
  /** What the mails of one request have in common. */
  readonly thread: string;
  readonly facts: Omit<RequestMailFacts, 'actorName' | 'actorEmail' | 'ownerName' | 'ownerEmail' | 'organisation'>;
  readonly ownerId: string;
};

/**
 * Tells one person by mail, unless they have opted out of this kind. A request fails if the person's acts have sent too
 * many mails; an answer or a withdrawal never does. Errors: `tooManyAttempts` (tooManyMails).
 */
export async function announceRequest(tx: Transaction, context: Context, news: RequestNews): Promise<void> {
  if (!context.settings.mailEnabled) return;
  const { kind, bookId, mailKind, thread, facts } = news;
  const people = await principals(tx, [news.toId, context.actor.principalId, news.ownerId]);
  const [receiver, actor, owner] = [news.toId, context.actor.principalId, news.ownerId].map((id) => people.get(id)!);
  const recipients = await recipientsAmong(tx, context, [receiver!], { bookId, kind: mailKind });
  const isQuestion = kind === 'offered' || kind === 'asked';
  if (!(await mayWrite(tx, context, recipients, { mustNotFail: !isQuestion }))) return;
  for (const recipient of recipients) {
    const all = {
      ...facts,
      actorName: actor!.name,
      actorEmail: actor!.email,
      ownerName: owner!.name,
      ownerEmail: owner!.email,
      organisation: context.settings.organisation,
    };
    const text = (stopUrl: string | null) => requestMail(kind, { ...all, stopUrl }, recipient.language);
    await writeMail(tx, context, { recipient, sender: actor!, kind: mailKind, text, thread, isFirst: isQuestion });
  }
}

async function principals(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, PrincipalRow>> {
  const rows = await reader.all(
    reader.build
      .selectFrom('principal')
      .selectAll()
      .where('id', 'in', [...new Set(ids)]),
  );
  return new Map(rows.map((row) => [row.id, row]));
}
