import type { AddressBookRow } from '../../../db/schema.ts';
import type { PlannedFolder } from '../../../format/zimbra/folderTree.ts';
import type { ZimbraLink } from '../../../format/zimbra/types.ts';
import { createBreath } from '../../../lib/breath.ts';
import type { Context } from '../../context.ts';
import type { ImportSource } from '../openImport.ts';
import type { NotedProblem } from '../progress.ts';
import { contactsBook } from './contactsBook.ts';
import { requireMovingIn } from './createZimbraImport.ts';
import { findFolder } from './findFolder.ts';
import type { FoundFolder } from './findFolder.ts';
import { findLinked } from './findLinked.ts';
import { judgeContact } from './judgeContact.ts';
import type { Judging, Verdict } from './judgeContact.ts';
import { judgeGrant } from './judgeGrant.ts';
import type { JudgedGrant } from './judgeGrant.ts';
import { readAccount } from './readAccount.ts';
import { readContact } from './readContact.ts';
import { withMembers } from './resolveMembers.ts';
import { wantedFiles } from './wantedFiles.ts';
import type { ZimbraChoices } from './zimbraChoices.ts';

/** A folder that would come, under the name that it has here. */
export type PreviewedFolder = Pick<PlannedFolder, 'id' | 'parentId' | 'name' | 'path' | 'color'> & {
  readonly state: FoundFolder['state'];
  readonly count: number;
  readonly shares: readonly JudgedGrant[];
};

/** What an import of an account would do. */
export type ZimbraPreview = {
  readonly folders: readonly PreviewedFolder[];
  readonly links: readonly (Pick<ZimbraLink, 'name' | 'ownerEmail'> & { readonly isHere: boolean })[];
  readonly tags: number;
  readonly contacts: number;
  readonly groups: number;
  readonly photos: number;
  /** What would become of them: as `Verdict` says. */
  readonly verdicts: Readonly<Record<Verdict['as'], number>>;
  readonly problems: readonly NotedProblem[];
  readonly problemCount: number;
};

const mostProblems = 50;

/** Looks an account through as an import of it would, and keeps nothing: nobody is told, no folder is made. Errors as `readAccount`. */
export async function previewZimbra(
  context: Context,
  source: ImportSource,
  choices: ZimbraChoices,
): Promise<ZimbraPreview> {
  requireMovingIn(context);
  const account = await readAccount(context, source, choices);
  const { found, books } = await findFolders(context, account);
  const { principalId } = context.actor;
  const fallback = await contactsBook(context.db, context);
  const judging: Judging = { principalId, source: account.source, books, fallback };
  const seen = await lookThrough(context, account, judging);
  const withMail = choices.shares === 'mail';
  const folders: PreviewedFolder[] = [];
  for (const folder of account.folders) {
    const { id, parentId, name, path, color, grants } = folder;
    const place = { source: account.source, folderId: id, book: books.get(id) ?? null, withMail };
    const shares: JudgedGrant[] = [];
    for (const grant of grants) shares.push(await judgeGrant(context.db, context, grant, place));
    const { state } = found.get(id)!;
    const here = books.get(id)?.name ?? name;
    folders.push({ id, parentId, name: here, path, color, state, count: seen.counts.get(id) ?? 0, shares });
  }
  const links = [];
  for (const link of account.links) {
    const isHere = (await findLinked(context.db, link)) !== undefined;
    links.push({ name: link.name, ownerEmail: link.ownerEmail, isHere });
  }
  const problems = [...account.problems, ...seen.problems];
  const { contacts, groups, photos, verdicts } = seen;
  return {
    folders,
    links,
    tags: account.tags.length,
    contacts,
    groups,
    photos,
    verdicts,
    problems: problems.slice(0, mostProblems),
    problemCount: account.problems.length + seen.problemCount,
  };
}

type Account = Awaited<ReturnType<typeof readAccount>>;

async function findFolders(context: Context, account: Account) {
  const found = new Map<string, FoundFolder>();
  const books = new Map<string, AddressBookRow | null | undefined>();
  for (const folder of account.folders) {
    const here = await findFolder(context.db, context, { folder, source: account.source, books });
    found.set(folder.id, here);
    books.set(folder.id, here.state === 'gone' ? null : here.state === 'new' ? undefined : here.book);
  }
  return { found, books };
}

async function lookThrough(context: Context, account: Account, judging: Judging) {
  const verdicts = { new: 0, there: 0, same: 0, changed: 0, changedHere: 0, deletedHere: 0, leftOut: 0 };
  const counts = new Map<string, number>();
  const problems: NotedProblem[] = [];
  const seen = { contacts: 0, groups: 0, photos: 0, problemCount: 0 };
  const breathe = createBreath(10);
  for (const groups of [false, true]) {
    for await (const file of wantedFiles(account, groups)) {
      await breathe();
      counts.set(file.folderId, (counts.get(file.folderId) ?? 0) + 1);
      const read = readContact(context, file);
      const remarks = 'reason' in read ? [read] : read.problems;
      seen.problemCount += remarks.length;
      if (problems.length < mostProblems) problems.push(...remarks);
      if ('reason' in read) continue;
      seen[groups ? 'groups' : 'contacts'] += 1;
      if (read.candidate.card.media) seen.photos += 1;
      const whole = groups ? await withMembers(context.db, judging, read) : read;
      verdicts[(await judgeContact(context.db, judging, whole)).as] += 1;
    }
  }
  return { ...seen, counts, problems, verdicts };
}
