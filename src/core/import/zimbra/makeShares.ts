import type { ImportRunRow } from '../../../db/rows/importRows.ts';
import type { PlannedFolder } from '../../../format/zimbra/folderTree.ts';
import type { ZimbraGrant, ZimbraLink } from '../../../format/zimbra/types.ts';
import { AppError } from '../../../errors.ts';
import { transact, within } from '../../change/transact.ts';
import type { Transaction } from '../../change/transaction.ts';
import type { Context } from '../../context.ts';
import { answerInvitation } from '../../invitation/answerInvitation.ts';
import { createShare } from '../../share/createShare.ts';
import { noMail, standardMail } from '../../share/types.ts';
import type { MailChoice } from '../../share/types.ts';
import { findOffered } from '../../sharing/access.ts';
import type { NotedProblem } from '../progress.ts';
import type { Books } from './findFolder.ts';
import { folderName } from './findFolder.ts';
import { judgeGrant, shareItem } from './judgeGrant.ts';
import { findLinked } from './findLinked.ts';
import { noteMade } from './made.ts';
import type { ZimbraAccount } from './readAccount.ts';
import type { ZimbraChoices, ZimbraReason } from './zimbraChoices.ts';
import { keepItem } from './zimbraItems.ts';

type Sharing = {
  readonly run: ImportRunRow;
  readonly account: ZimbraAccount;
  readonly books: Books;
  readonly choices: ZimbraChoices;
};

/** Shares the folders as they are shared there, each share by itself; what was not, or with less, is reported. */
export async function makeShares(context: Context, sharing: Sharing, signal: AbortSignal): Promise<NotedProblem[]> {
  const { account, books, choices } = sharing;
  if (choices.shares === 'none') return [];
  const mail = choices.shares === 'mail' ? standardMail : noMail;
  const problems: NotedProblem[] = [];
  for (const folder of account.folders) {
    if (!books.get(folder.id)) continue;
    for (const grant of folder.grants) {
      if (signal.aborted) return problems;
      const detail = await makeShare(context, sharing, { folder, grant, mail });
      if (detail !== null) problems.push(problemOf('share', `${folder.path.join('/')} → ${detail.who}`, detail.why));
    }
  }
  return problems;
}

type Wanted = { readonly folder: PlannedFolder; readonly grant: ZimbraGrant; readonly mail: MailChoice };
type Refusal = { readonly who: string; readonly why: string };

/** Makes one share; null: there is nothing to say of it. */
async function makeShare(context: Context, sharing: Sharing, { folder, grant, mail }: Wanted): Promise<Refusal | null> {
  const { account, books } = sharing;
  const book = books.get(folder.id)!;
  const { source } = account;
  const judging = { source, folderId: folder.id, book, withMail: mail.message !== 'none' };
  const judged = await judgeGrant(context.db, context, grant, judging);
  const { state, type, email, rights, name, isExact, expiresAt } = judged;
  const who = email ?? name;
  if (state !== 'new') return state === 'there' || state === 'self' ? null : { who, why: state };
  try {
    await transact(context, async (tx) => {
      const wanted = { addressBookId: book.id, type, email, rights, expiresAt };
      const id = await createShare(within(context, tx), wanted, type === 'public' ? noMail : mail);
      await noteMade(tx, sharing.run.id, 'share', id);
      await remember(tx, context, { source, folder, grant, id });
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { who, why: String(error.details.reason ?? error.kind) };
  }
  return isExact ? null : { who, why: 'less' };
}

async function remember(
  tx: Transaction,
  context: Context,
  share: { readonly source: string; readonly folder: PlannedFolder; readonly grant: ZimbraGrant; readonly id: string },
): Promise<void> {
  const { source, folder, grant, id } = share;
  await keepItem(tx, {
    principal_id: context.actor.principalId,
    source,
    kind: 'share',
    item_id: shareItem(folder.id, grant),
    object_id: id,
    folder_id: folder.id,
    mark: grant.rights,
    etag: null,
  });
}

/** Accepts what the person had accepted there, under the name and in the colour that they gave it; what is not here is reported. */
export async function acceptLinks(context: Context, { account }: Sharing): Promise<NotedProblem[]> {
  const problems: NotedProblem[] = [];
  for (const link of account.links) {
    if (!(await acceptLink(context, link))) problems.push(problemOf('link', link.name, link.ownerEmail ?? undefined));
  }
  return problems;
}

async function acceptLink(context: Context, link: ZimbraLink): Promise<boolean> {
  const bookId = await findLinked(context.db, link);
  if (bookId === undefined) return false;
  return transact(context, async (tx) => {
    const seen = await findOffered(tx, context, bookId);
    if (!seen) return false;
    // Accepted or declined here: that is the newer answer.
    if (seen.invitation !== 'waiting' || !seen.isShareRoot) return true;
    const answer = { status: 'accepted', name: null, color: link.color } as const;
    const named = { ...answer, name: folderName(link.name) };
    const inside = within(context, tx);
    // The name may be taken here, or reserved: then one is found.
    await tx
      .joined(() => answerInvitation(inside, bookId, named))
      .catch((error: unknown) => {
        if (error instanceof AppError) return answerInvitation(inside, bookId, answer);
        throw error;
      });
    return true;
  });
}

function problemOf(reason: ZimbraReason, text: string, detail?: string): NotedProblem {
  return { file: null, line: 0, reason, isLost: false, text: text.slice(0, 300), ...(detail ? { detail } : {}) };
}
