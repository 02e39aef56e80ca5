import { AppError } from '../../../errors.ts';
import { transact } from '../../change/transact.ts';
import type { Context } from '../../context.ts';
import { requireUnlimited } from '../../scope.ts';
import { addRun } from '../importRuns.ts';
import type { ImportSource } from '../openImport.ts';
import { contactsBook } from './contactsBook.ts';
import type { ZimbraChoices } from './zimbraChoices.ts';

/** An account that is to be taken over. */
export type NewZimbraImport = ImportSource & {
  readonly name: string;
  readonly choices: ZimbraChoices;
  /** Whoever asks carries it out; absent: whichever program is free. */
  readonly isOwn?: boolean;
};

/** Asks for an account to be taken over into the person's own, after the commit. Errors: `notFound`, `forbidden`, `tooMany`. */
export async function createZimbraImport(context: Context, wanted: NewZimbraImport): Promise<string> {
  requireMovingIn(context);
  return transact(context, async (tx) => {
    const { id: bookId } = await contactsBook(tx, context);
    return addRun(tx, context, { ...wanted, kind: 'zimbra', bookId });
  });
}

/** Throws `forbidden` for guests, who own nothing here, and for app passwords that are limited. */
export function requireMovingIn(context: Context): void {
  requireUnlimited(context);
  if (context.actor.isGuest) throw new AppError('forbidden', 'Guests own nothing here');
}
