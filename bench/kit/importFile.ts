import { setTimeout as pause } from 'node:timers/promises';
import { ask } from './http.ts';
import type { Stage } from './stage.ts';

/** A file to import, and the folder that takes it. */
export type ImportFile = { readonly type: string; readonly text: string; readonly addressBookId: string };

/** An upload as the methods of imports take it. */
export type Upload = { readonly addressBookId: string; readonly blobId: string };

type Run = { readonly state: string; readonly made: number; readonly undone: number };

const underWay = ['waiting', 'running', 'undoing', 'done'];

/** Uploads a file. */
export async function uploadFile(
  { owner, coterie }: Stage,
  { type, text, addressBookId }: ImportFile,
): Promise<Upload> {
  const headers = { Cookie: owner.cookie, Origin: coterie.url, 'Content-Type': type };
  const { body } = await ask(coterie.url, { path: `/jmap/upload/${owner.id}`, headers, body: text });
  return { addressBookId, blobId: (JSON.parse(body.toString()) as Upload).blobId };
}

/** Imports an upload to its end; returns the id of the import. */
export async function importUpload(stage: Stage, upload: Upload, count: number): Promise<string> {
  const create = { i: { ...upload, name: 'contacts', duplicates: 'keep' } };
  type Created = { created: { i: { id: string } } };
  const [set] = await stage.call<Created>(['ContactImport/set', { accountId: stage.owner.id, create }, 's']);
  const { id } = set!.created.i;
  const { made } = await ended(stage, id, 'done');
  if (made !== count) throw new Error(`${made} of ${count} contacts came`);
  return id;
}

/** Takes back all that an import made. */
export async function takeBack(stage: Stage, id: string, count: number): Promise<void> {
  await stage.call(['ContactImport/set', { accountId: stage.owner.id, update: { [id]: { state: 'undoing' } } }, 's']);
  const { undone } = await ended(stage, id, 'undone');
  if (undone !== count) throw new Error(`${undone} of ${count} contacts went`);
}

/** How the import stands when it has ended, which must be so. */
async function ended(stage: Stage, id: string, state: string): Promise<Run> {
  for (;;) {
    const asked = { accountId: stage.owner.id, ids: [id] };
    const [got] = await stage.call<{ list: Run[] }>(['ContactImport/get', asked, 'g']);
    const run = got!.list[0]!;
    if (run.state === state) return run;
    if (!underWay.includes(run.state)) throw new Error(`The import is ${run.state}`);
    await pause(200);
  }
}
