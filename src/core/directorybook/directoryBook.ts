import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { AddressBookView } from '../addressbook/listAddressBooks.ts';
import type { Context } from '../context.ts';
import { directoryVersion } from '../principal/directoryState.ts';
import { readSetting } from '../settings.ts';
import { directoryAccountId, mayReadDirectory } from '../sharing/directoryAccount.ts';
import { rightsOfRole } from '../sharing/rights.ts';
import { shownDetails, shownGroups } from './directorySettings.ts';

/** « Annuaire » among the accounts of a session; null for those who may not see it. */
export async function directoryAccount(
  context: Context,
): Promise<{ readonly id: string; readonly name: string; readonly isReadOnly: true } | null> {
  if (!(await mayReadDirectory(context.db, context))) return null;
  return { id: directoryAccountId, name: directoryName(context), isReadOnly: true };
}

const names = { fr: 'Annuaire', en: 'Directory' } as const;

function directoryName({ actor }: Context): string {
  return names[actor.language];
}

/** Its one folder, as every client sees folders: may be read, and nothing else. */
export async function listDirectoryBooks(context: Context, ids: readonly string[] | null): Promise<AddressBookView[]> {
  if (ids !== null && !ids.includes(directoryAccountId)) return [];
  if (!(await mayReadDirectory(context.db, context))) return [];
  const name = directoryName(context);
  return [
    {
      id: directoryAccountId,
      name,
      description: null,
      sortOrder: 0,
      isDefault: false,
      isSubscribed: true,
      shareWith: null,
      myRights: rightsOfRole.viewer,
      parentId: null,
      role: 'directory',
      color: null,
      sharedName: name,
      cardCount: await countDirectoryCards(context),
      shareCount: 0,
      invitation: null,
      isShareRoot: true,
      downloadUrl: null,
      offerToDevices: false,
      listedFor: null,
    },
  ];
}

/** How many people and groups are shown. */
export async function countDirectoryCards(context: Context): Promise<number> {
  const { db } = context;
  const isShown = shownGroups(context) === 'off' ? sql`is_shown = 1 AND kind = 'individual'` : sql`is_shown = 1`;
  const counted = sql<{ count: number }>`SELECT count(*) AS count FROM directory_card WHERE ${isShown}`;
  return Number((await db.first(counted.compile(db.build)))?.count ?? 0);
}

/** The state of everything in it (RFC 8620 §5.1): moves with people, groups, and what is shown of them. */
export async function directoryBookState(context: Context): Promise<string> {
  const choice = JSON.stringify([context.actor.language, await directoryChoice(context)]);
  const digest = createHash('sha256').update(choice).digest('hex').slice(0, 8);
  return `${await directoryVersion(context)}-${digest}`;
}

/** What an administrator chose that is shown, and how far that is indexed: nobody is noted as changed by it. */
export async function directoryChoice(context: Context): Promise<string> {
  const built = (await readSetting(context.db, 'directoryCards')) ?? '';
  return JSON.stringify([shownGroups(context), [...shownDetails(context)], built]);
}
