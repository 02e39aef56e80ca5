import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { ensureAccount } from '../core/addressbook/ensureAccount.ts';
import { putBlob } from '../core/blob/putBlob.ts';
import type { Context } from '../core/context.ts';
import { findFolderByPath } from '../core/export/findFolderByPath.ts';
import { createImport, listImports, listProblems } from '../core/import/importRuns.ts';
import type { Duplicates } from '../core/import/importRuns.ts';
import { performOwn } from '../core/import/performImport.ts';
import { asProgram } from '../core/program/heartbeat.ts';
import { AppError } from '../errors.ts';
import { noChoices } from '../format/import/readFile.ts';
import { needed, principalNamed, table } from './command.ts';
import type { Commands } from './command.ts';

const duplicates: readonly Duplicates[] = ['skip', 'merge', 'keep'];
const shownProblems = 20;

/** Contacts from files. */
export const importCommands: Commands = {
  import: {
    usage: 'FILE PERSON [FOLDER] [skip|merge|keep]',
    does: 'imports vCard, CSV, LDIF or ZIP into a folder of a person (Contacts), who can undo it',
    async run(world, words) {
      const [file, person, folder = 'Contacts', wanted = 'skip'] = words;
      const choice = duplicates.find((one) => one === wanted);
      if (choice === undefined) throw new AppError('invalid', 'What is there already: skip, merge or keep.');
      const data = await readFile(needed(file));
      const { id: principalId } = await principalNamed(world, person);
      const context: Context = { ...world, actor: { principalId, language: 'fr' } };
      await ensureAccount(context);
      const { id: bookId } = await findFolderByPath(context, principalId, folder.split('/'));
      const blobId = await putBlob(context, { accountId: principalId, data, type: null });
      const source = { bookId, blobAccountId: principalId, blobId, name: basename(file!) };
      return asProgram(world, async () => {
        const id = await createImport(context, {
          ...source,
          choices: { ...noChoices, duplicates: choice },
          isOwn: true,
        });
        await performOwn(context, id);
        return resultOf(context, id);
      });
    },
  },
};

async function resultOf(context: Context, id: string): Promise<string> {
  const [run] = await listImports(context.db, context, [id]);
  const { total, problems } = await listProblems(context, id, { position: 0, limit: shownProblems });
  const { state, reason, made, merged, skipped, failed } = run!;
  const counts = `${state}${reason ? ` (${reason})` : ''}: ${made} made, ${merged} merged, ${skipped} skipped, ${failed} lost.`;
  const rows = problems.map(({ file, line, reason: why, text }) => [`${file ?? ''}:${line}`, why, text]);
  const more = total > rows.length ? `\n… and ${total - rows.length} more.` : '';
  if (state !== 'done') process.exitCode = 1;
  return rows.length === 0 ? counts : `${counts}\n${table(rows)}${more}`;
}
