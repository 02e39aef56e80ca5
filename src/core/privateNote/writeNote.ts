import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { statement } from '../../db/statement.ts';
import { AppError, invalid, notFound } from '../../errors.ts';
import { searchWords } from '../../format/jscontact/searchText.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { requireWhole } from '../scope.ts';
import { findBook } from '../sharing/access.ts';
import { directoryAccountId, mayReadDirectory } from '../sharing/directoryAccount.ts';
import { visibleNotes } from './visibleNotes.ts';
import type { PrivateNote } from './visibleNotes.ts';

/** The maximum length of a note, in characters. */
export const longestNote = 10_000;
const mostNotes = 10_000;

/**
 * Adds a note about a contact that the person may read; no other right is needed, because nobody else sees it. Errors:
 * `notFound`, `exists` (existingId), `invalid` text, `overQuota`.
 */
export async function createNote(context: Context, contactId: string, text: string): Promise<PrivateNote> {
  requireWhole(context);
  const { principalId } = context.actor;
  requireText(text);
  return transact(context, async (tx) => {
    const contact = await requireContact(tx, context, contactId);
    if (await tx.first(ofContact(tx, { principalId, contactId })))
      throw new AppError('exists', 'There is a note about this contact', { existingId: contactId });
    if (Number((await tx.first(countOf(tx, { principalId })))?.count ?? 0) >= mostNotes)
      throw new AppError('overQuota', `At most ${mostNotes} private notes`);
    const updated = context.now().toISOString();
    await insertNote(tx, { principalId, contactId, isPerson: contact.accountId === directoryAccountId, text, updated });
    noteChange(tx, principalId, contactId, 'created');
    return { id: contactId, accountId: contact.accountId, text, updated };
  });
}

/** Changes a note of the person. Errors: `notFound`, `invalid` text. */
export async function updateNote(context: Context, contactId: string, text: string): Promise<PrivateNote> {
  requireText(text);
  return transact(context, async (tx) => {
    const [old] = await visibleNotes(tx, context, [contactId]);
    if (!old) throw notFound('private note');
    if (old.text === text) return old;
    const updated = context.now().toISOString();
    await replaceText(tx, { principalId: context.actor.principalId, contactId, text, updated });
    noteChange(tx, context.actor.principalId, contactId, 'updated');
    return { ...old, text, updated };
  });
}

/** Deletes a note of the person. Errors: `notFound`. */
export async function destroyNote(context: Context, contactId: string): Promise<void> {
  const { principalId } = context.actor;
  await transact(context, async (tx) => {
    if ((await visibleNotes(tx, context, [contactId])).length === 0) throw notFound('private note');
    await tx.run(erase(tx, { principalId, contactId }));
    noteChange(tx, principalId, contactId, 'destroyed');
  });
}

function requireText(text: string): void {
  if (text.trim() === '') throw invalid('text', 'An empty note is none: destroy it');
  if (text.length > longestNote) throw invalid('text', `A note has at most ${longestNote} characters`);
}

/** Notes a change in the log of the person whose note it is: no other account is told anything. */
export function noteChange(
  tx: Transaction,
  principalId: string,
  contactId: string,
  kind: 'created' | 'updated' | 'destroyed',
): void {
  tx.changed({ accountId: principalId, type: 'PrivateNote', id: contactId, kind });
}

/** A card that the person may read, or somebody whom « Annuaire » shows. */
async function requireContact(tx: Reader, context: Context, contactId: string): Promise<{ accountId: string }> {
  const card = await tx.first(liveCard(tx, { contactId }));
  const seen = card && (await findBook(tx, context, card.book_id));
  if (seen) return { accountId: seen.book.account_id };
  const person = card ? undefined : await tx.first(shownPerson(tx, { contactId }));
  const isShown = person && (person.kind === 'individual' || context.settings.directory?.groups !== 'off');
  if (isShown && (await mayReadDirectory(tx, context))) return { accountId: directoryAccountId };
  throw notFound('contact');
}

type Note = { readonly principalId: string; readonly contactId: string };
type Text = { readonly text: string; readonly updated: string };

/** Keeps a new note with the words by which its person finds it. */
export async function insertNote(tx: Transaction, note: Note & Text & { readonly isPerson: boolean }): Promise<void> {
  const { principalId, contactId, isPerson, text, updated } = note;
  const { tokens, phrases } = wordsOf(text);
  const row = {
    principal_id: principalId,
    contact_id: contactId,
    card_id: isPerson ? null : contactId,
    person_id: isPerson ? contactId : null,
    text,
    phrases,
    updated,
  };
  await tx.run(tx.build.insertInto('private_note').values(row));
  await insertTokens(tx, note, tokens);
}

/** Puts another text in the place of that of a note. */
export async function replaceText(tx: Transaction, note: Note & Text): Promise<void> {
  const { principalId, contactId, text, updated } = note;
  const { tokens, phrases } = wordsOf(text);
  const same = tx.build.updateTable('private_note').where('principal_id', '=', principalId);
  await tx.run(same.where('contact_id', '=', contactId).set({ text, phrases, updated }));
  await tx.run(forgetTokens(tx, { principalId, contactId }));
  await insertTokens(tx, note, tokens);
}

async function insertTokens(tx: Transaction, { principalId, contactId }: Note, tokens: readonly string[]) {
  const rows = tokens.map((token) => ({ principal_id: principalId, token, contact_id: contactId }));
  for (let start = 0; start < rows.length; start += 500)
    await tx.run(tx.build.insertInto('private_note_token').values(rows.slice(start, start + 500)));
}

/** The same words as those of the notes of a card, so that both are found alike. */
function wordsOf(text: string): { readonly tokens: readonly string[]; readonly phrases: string } {
  const { tokens, phrases } = searchWords({ '@type': 'Card', version: '1.0', uid: '', notes: { n: { note: text } } });
  return { tokens: tokens.map(({ token }) => token), phrases };
}

const ofContact = statement((build, value: Note) =>
  build
    .selectFrom('private_note')
    .select('contact_id')
    .where('principal_id', '=', value.principalId)
    .where('contact_id', '=', value.contactId),
);
const countOf = statement((build, value: { principalId: string }) =>
  sql<{ count: number }>`
    SELECT count(*) AS count FROM private_note WHERE principal_id = ${value.principalId}`.compile(build),
);
const erase = statement((build, value: Note) =>
  build
    .deleteFrom('private_note')
    .where('principal_id', '=', value.principalId)
    .where('contact_id', '=', value.contactId),
);
const forgetTokens = statement((build, value: Note) =>
  build
    .deleteFrom('private_note_token')
    .where('principal_id', '=', value.principalId)
    .where('contact_id', '=', value.contactId),
);
const liveCard = statement((build, value: { contactId: string }) =>
  build.selectFrom('card').select('book_id').where('id', '=', value.contactId).where('trash_id', 'is', null),
);
const shownPerson = statement((build, value: { contactId: string }) =>
  build.selectFrom('directory_card').select('kind').where('id', '=', value.contactId).where('is_shown', '=', 1),
);
