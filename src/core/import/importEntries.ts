import { fileEntries } from '../../format/import/readFile.ts';
import type { ImportProblem } from '../../format/import/importItem.ts';
import { candidateOf, newUid } from './candidate.ts';
import type { Candidate } from './candidate.ts';
import type { OpenImport } from './openImport.ts';

/** A problem, with the file of an archive that it is in. */
export type FiledProblem = ImportProblem & { readonly file: string | null };

/** What is read one after the other: a contact to keep, or what was not understood. */
export type ReadEntry = { readonly candidate: Candidate } | { readonly problem: FiledProblem };

/** So many contacts one import takes; beyond, it says so and ends. */
export const mostContacts = 200_000;

/** How much there is to do: contacts and lost lines, without looking into them. */
export function* entriesToCount({ files, problems }: OpenImport): Generator<boolean> {
  for (const _problem of problems) yield true;
  for (const { file } of files) {
    for (const entry of fileEntries(file, newUid)) yield !('problem' in entry) || entry.problem.isLost;
  }
}

/** Everything in an upload, one after the other, nothing of it kept. */
export function* importEntries({ files, problems }: OpenImport): Generator<ReadEntry> {
  for (const problem of problems) yield { problem };
  let count = 0;
  for (const { name, file } of files) {
    for (const entry of fileEntries(file, newUid)) {
      const read = candidateOf(entry);
      if ('reason' in read) {
        yield { problem: { ...read, file: name } };
        continue;
      }
      count += 1;
      if (count > mostContacts) {
        const { line, text } = read.item;
        yield { problem: { line, text, reason: 'tooMany', isLost: true, file: name } };
        return;
      }
      yield { candidate: read };
      for (const problem of read.item.problems) yield { problem: { ...problem, file: name } };
    }
  }
}
