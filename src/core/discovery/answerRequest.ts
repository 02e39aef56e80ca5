import type { Reader } from '../../db/database.ts';
import type { AccessRequestRow } from '../../db/rows/requestRows.ts';
import type { AddressBookRow, PrincipalRow } from '../../db/schema.ts';
import { AppError, notFound } from '../../errors.ts';
import { audit } from '../audit/audit.ts';
import { transact, within } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { answerInvitation } from '../invitation/answerInvitation.ts';
import { languagesOf } from '../preferences/languagesOf.ts';
import { requireUnlimited } from '../scope.ts';
import { announce } from '../share/announce.ts';
import { announceRequest } from '../share/announceRequest.ts';
import { createShare } from '../share/createShare.ts';
import { noMail, standardMail } from '../share/types.ts';
import { requireBook, rightsOf } from '../sharing/access.ts';
import { areSame, rightsOfRole } from '../sharing/rights.ts';
import type { Rights } from '../sharing/rights.ts';
import { noteRequest } from './askForAccess.ts';

/** The role that an owner grants to somebody who asked. */
export type GrantedRole = 'viewer' | 'contributor' | 'manager';

/** The owner's answer. */
export type RequestAnswer =
  | { readonly status: 'granted'; readonly role: GrantedRole }
  | { readonly status: 'declined' };

/**
 * The owner of a folder grants or declines access to whoever asked for it. Asking counts as accepting: the folder is
 * among theirs at once. Errors: `notFound`, and those of `createShare`.
 */
export async function answerRequest(context: Context, id: string, answer: RequestAnswer): Promise<void> {
  requireUnlimited(context);
  await transact(context, async (tx) => {
    const request = await requireRequest(tx, id);
    if (request.owner_id !== context.actor.principalId || request.status !== 'waiting') throw notFound('request');
    const { book } = await requireBook(tx, context, request.book_id);
    const decided = { ...request, status: answer.status, decided_at: context.now().toISOString() };
    await tx.run(tx.build.updateTable('access_request').set(decided).where('id', '=', id));
    noteRequest(tx, decided, 'updated');
    if (answer.status === 'granted') await grant(tx, context, { book, request, role: answer.role });
    else {
      const object = { type: 'AddressBook', id: book.id, name: book.name } as const;
      await audit(tx, context, { kind: 'access.declined', object, other: { id: request.asked_by } });
      await announceRequest(tx, context, {
        kind: 'requestDeclined',
        bookId: book.id,
        toId: request.asked_by,
        mailKind: 'answered',
        thread: id,
        facts: { folderName: request.name },
        ownerId: request.owner_id,
      });
    }
  });
}

/**
 * Whoever asked withdraws the request, or dismisses the answer. Errors: `notFound`, `forbidden` for the owner, who
 * answers instead.
 */
export async function dismissRequest(context: Context, id: string): Promise<void> {
  requireUnlimited(context);
  const { principalId } = context.actor;
  await transact(context, async (tx) => {
    const request = await requireRequest(tx, id);
    if (request.owner_id === principalId && request.status === 'waiting')
      throw new AppError('forbidden', 'The owner grants a request, or declines it', { reason: 'owner' });
    if (request.asked_by !== principalId || request.is_dismissed === 1) throw notFound('request');
    const isWaiting = request.status === 'waiting';
    // It is kept: one does not ask again at once.
    const withdrawn = isWaiting ? ({ status: 'withdrawn', decided_at: context.now().toISOString() } as const) : {};
    const row = tx.build.updateTable('access_request').set({ is_dismissed: 1, ...withdrawn });
    await tx.run(row.where('id', '=', id));
    if (isWaiting) noteRequest(tx, request, 'destroyed');
    else tx.changed({ accountId: principalId, type: 'AccessRequest', id, kind: 'destroyed' });
  });
}

async function requireRequest(reader: Reader, id: string): Promise<AccessRequestRow> {
  const request = await reader.first(reader.build.selectFrom('access_request').selectAll().where('id', '=', id));
  if (!request) throw notFound('request');
  return request;
}

type Grant = { readonly book: AddressBookRow; readonly request: AccessRequestRow; readonly role: GrantedRole };

async function grant(tx: Transaction, context: Context, { book, request, role }: Grant): Promise<void> {
  const inside = within(context, tx);
  const asker = await requireAsker(tx, request.asked_by);
  const rights = rightsOfRole[role];
  const wanted = { addressBookId: book.id, type: 'principal', principalId: asker.id, rights } as const;
  const shareId =
    (await givenAlready(tx, book, { askerId: asker.id, rights })) ?? (await createShare(inside, wanted, noMail));
  const language = (await languagesOf(tx, [asker.id], context.actor.language))(asker.id);
  await answerInvitation({ ...inside, actor: { principalId: asker.id, language } }, book.id, { status: 'accepted' });
  const share = await tx.first(tx.build.selectFrom('share').selectAll().where('id', '=', shareId));
  await announce(tx, context, { kind: 'created', book, share: share!, isNew: true }, standardMail);
}

/** The owner may have shared it meanwhile, without the request. */
async function givenAlready(
  reader: Reader,
  book: AddressBookRow,
  { askerId, rights }: { readonly askerId: string; readonly rights: Rights },
): Promise<string | undefined> {
  const shares = reader.build.selectFrom('share').selectAll().where('book_id', '=', book.id);
  const share = await reader.first(shares.where('principal_id', '=', askerId));
  return share && areSame(rightsOf(share), rights) ? share.id : undefined;
}

async function requireAsker(reader: Reader, id: string): Promise<PrincipalRow> {
  const people = reader.build.selectFrom('principal').selectAll().where('id', '=', id).where('is_active', '=', 1);
  const asker = await reader.first(people);
  if (!asker) throw notFound('request');
  return asker;
}
