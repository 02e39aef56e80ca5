import { ensureAccount } from '../core/addressbook/ensureAccount.ts';
import { putBlob } from '../core/blob/putBlob.ts';
import type { Context, World } from '../core/context.ts';
import { listImports, listProblems } from '../core/import/importRuns.ts';
import { performOwn } from '../core/import/performImport.ts';
import { createZimbraImport } from '../core/import/zimbra/createZimbraImport.ts';
import { previewZimbra } from '../core/import/zimbra/previewZimbra.ts';
import type { ZimbraChoices } from '../core/import/zimbra/zimbraChoices.ts';
import { asProgram } from '../core/program/heartbeat.ts';

/** An archive, and whose it is to be. */
export type MovedAccount = { readonly personId: string; readonly name: string; readonly data: Uint8Array };

/** How accounts are taken over. */
export type Wish = { readonly choices: ZimbraChoices; readonly isDry: boolean };

type Problem = { readonly reason: string; readonly text: string; readonly detail?: string | null };

/** What became of an account. */
export type Outcome = { readonly state: string; readonly told: string; readonly problems: readonly Problem[] };

const mostProblems = 1_000;

/** Takes an account over. */
export async function moveIn(world: World, { personId, name, data }: MovedAccount, wish: Wish): Promise<Outcome> {
  const { context, blobId } = await upload(world, personId, data);
  const source = { blobAccountId: personId, blobId, name };
  const id = await asProgram(world, async () => {
    const made = await createZimbraImport(context, { ...source, choices: wish.choices, isOwn: true });
    await performOwn(context, made);
    return made;
  });
  const { db } = context;
  const [run] = await listImports(db, context, [id]);
  const { problems } = await listProblems(context, id, { position: 0, limit: mostProblems });
  const { state, reason, made, merged, skipped, failed } = run!;
  const told = `${made} made, ${merged} changed, ${skipped} as they are, ${failed} lost`;
  return { state: reason === null ? state : `${state} (${reason})`, told, problems };
}

/** What would become of it; nothing is kept but the archive, for an hour. */
export async function previewOf(world: World, { personId, data }: MovedAccount, wish: Wish): Promise<Outcome> {
  const { context, blobId } = await upload(world, personId, data);
  const preview = await previewZimbra(context, { blobAccountId: personId, blobId }, wish.choices);
  const { folders, contacts, groups, photos, tags, verdicts } = preview;
  const shares = folders.flatMap(({ path, shares: all }) =>
    all.map(({ name, role, state, isExact }) => ({
      reason: `share ${state}`,
      text: `${path.join('/')} → ${name}`,
      detail: isExact ? role : `${role}, less than there`,
    })),
  );
  const numbers = [
    `${folders.length} folders`,
    `${contacts} contacts`,
    `${groups} groups`,
    `${photos} photos`,
    `${tags} tags`,
    `${verdicts.new} new`,
    `${verdicts.changed} changed`,
    `${verdicts.same + verdicts.there} there`,
    `${verdicts.changedHere + verdicts.deletedHere + verdicts.leftOut} left alone`,
  ];
  return { state: 'dry run', told: numbers.join(', '), problems: [...preview.problems, ...shares] };
}

async function upload(
  world: World,
  principalId: string,
  data: Uint8Array,
): Promise<{ readonly context: Context; readonly blobId: string }> {
  const context: Context = { ...world, actor: { principalId, language: 'fr' } };
  await ensureAccount(context);
  const blobId = await putBlob(context, { accountId: principalId, data, type: 'application/gzip' });
  return { context, blobId };
}
