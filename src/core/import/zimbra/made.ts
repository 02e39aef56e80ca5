import type { ImportRunRow } from '../../../db/rows/importRows.ts';
import { AppError } from '../../../errors.ts';
import { destroyAddressBook } from '../../addressbook/destroyAddressBook.ts';
import { within } from '../../change/transact.ts';
import type { Transaction } from '../../change/transaction.ts';
import type { Context } from '../../context.ts';
import { endShare } from '../../share/changeShare.ts';
import { noMail } from '../../share/types.ts';
import { forgetObject } from './zimbraItems.ts';

/** Remembers a folder or a share that an import made, for its undo. */
export async function noteMade(
  tx: Transaction,
  runId: string,
  kind: 'folder' | 'share',
  objectId: string,
): Promise<void> {
  const { build } = tx;
  const last = await tx.first(
    build.selectFrom('import_made').select(build.fn.max('position').as('last')).where('run_id', '=', runId),
  );
  const row = { run_id: runId, position: Number(last?.last ?? -1) + 1, kind, object_id: objectId };
  await tx.run(build.insertInto('import_made').values(row));
}

/**
 * Takes back the shares and the folders that an import made, the last first. A folder in which something is, or that is gone
 * already, stays as it is.
 */
export async function takeBackMade(tx: Transaction, context: Context, run: ImportRunRow): Promise<void> {
  const { build } = tx;
  const rows = await tx.all(
    build.selectFrom('import_made').selectAll().where('run_id', '=', run.id).orderBy('position', 'desc'),
  );
  for (const { kind, object_id: id } of rows) {
    try {
      await tx.joined(async (inside) => {
        if (kind === 'share') await endShare(within(context, inside), id, noMail);
        else await destroyAddressBook(within(context, inside), id, { removeContents: false });
        await forgetObject(inside, run.principal_id, id);
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
  await tx.run(build.deleteFrom('import_made').where('run_id', '=', run.id));
}
