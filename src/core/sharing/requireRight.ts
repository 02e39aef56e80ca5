import { AppError } from '../../errors.ts';
import type { Rights } from './rights.ts';

/** Throws `forbidden` if the right is missing. Called, like `requireBook`, inside the transaction of each operation. */
export function requireRight({ rights }: { readonly rights: Rights }, right: keyof Rights): void {
  if (!rights[right]) throw missingRight(right);
}

/** The error for a missing right. */
export function missingRight(right: keyof Rights): AppError {
  return new AppError('forbidden', `This needs the right ${right} on the address book`, { right });
}
