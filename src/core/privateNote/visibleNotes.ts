import type { Reader } from '../../db/database.ts';
import { statement } from '../../db/statement.ts';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { requireWhole } from '../scope.ts';
import { sharedBooks } from '../sharing/access.ts';
import { directoryAccountId, mayReadDirectory } from '../sharing/directoryAccount.ts';

/** A note that a person made about a contact that they can see. */
export type PrivateNote = {
  /** The id of the contact. */
  readonly id: string;
  /** Where the contact is now. */
  readonly accountId: string;
  readonly text: string;
  readonly updated: string;
};

type Row = {
  readonly contact_id: string;
  readonly text: string;
  readonly updated: string;
  /** Of a card that is not in the trash. */
  readonly account_id: string | null;
  readonly book_id: string | null;
  /** Of somebody whom « Annuaire » shows. */
  readonly kind: string | null;
};

const place = sql`
  LEFT JOIN card ON card.id = note.card_id AND card.trash_id IS NULL
  LEFT JOIN directory_card AS person ON person.id = note.person_id AND person.is_shown = 1`;

const columns = sql`note.contact_id, note.text, note.updated, card.account_id, card.book_id, person.kind`;

const allNotes = statement((build, value: { personId: string }) =>
  sql<Row>`
    SELECT ${columns} FROM private_note AS note ${place}
    WHERE note.principal_id = ${value.personId} ORDER BY note.updated DESC, note.contact_id`.compile(build),
);

const someNotes = statement((build, value: { personId: string; ids: readonly string[] }) =>
  sql<Row>`
    SELECT ${columns} FROM private_note AS note ${place}
    WHERE note.principal_id = ${value.personId} AND note.contact_id IN (${sql.join(value.ids)})`.compile(build),
);

/**
 * The person's notes about these contacts, or all of them (newest first). A note is visible where its contact is: if
 * the person loses a folder and gets it back, the notes are there again. The cost is proportional to the person's own
 * notes.
 */
export async function visibleNotes(
  reader: Reader,
  context: Context,
  ids: readonly string[] | null,
): Promise<PrivateNote[]> {
  requireWhole(context);
  const personId = context.actor.principalId;
  if (ids?.length === 0) return [];
  const rows = await reader.all(
    ids === null ? allNotes(reader, { personId }) : someNotes(reader, { personId, ids: [...ids] }),
  );
  if (rows.length === 0) return [];
  const isElsewhere = rows.some(({ account_id: accountId }) => accountId !== null && accountId !== personId);
  const shared = isElsewhere ? await sharedBooks(reader, context) : [];
  const readable = new Set(shared.filter(({ rights }) => rights.mayRead).map(({ book }) => book.id));
  const readsDirectory = rows.some(({ kind }) => kind !== null) && (await mayReadDirectory(reader, context));
  const showsGroups = context.settings.directory?.groups !== 'off';
  return rows.flatMap(({ contact_id: id, text, updated, account_id: accountId, book_id: bookId, kind }) => {
    if (accountId !== null)
      return accountId === personId || readable.has(bookId!) ? [{ id, accountId, text, updated }] : [];
    const isShown = kind === 'individual' ? readsDirectory : kind !== null && readsDirectory && showsGroups;
    return isShown ? [{ id, accountId: directoryAccountId, text, updated }] : [];
  });
}

const newest = statement((build, value: { personId: string }) =>
  sql<{ seq: number | null }>`
    SELECT max(seq) AS seq FROM change
    WHERE account_id = ${value.personId} AND type = 'PrivateNote'`.compile(build),
);

/** The number of the last change to any of the person's notes. */
export async function newestNote(reader: Reader, personId: string): Promise<number> {
  return (await reader.first(newest(reader, { personId })))?.seq ?? 0;
}
