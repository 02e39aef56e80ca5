import { AppError } from '../../errors.ts';
import type { Rights } from './rights.ts';

/** Throws `forbidden` where a right is lacking. Called inside the transaction of each operation, as `requireBook` is. */
export function requireRight({ rights }: { readonly rights: Rights }, right: keyof Rights): void {
  if (!rights[right]) throw missingRight(right);
}

/** What is thrown where a right is lacking. */
export function missingRight(right: keyof Rights): AppError {
  return new AppError('forbidden', `This needs the right ${right} on the address book`, { right });
}
