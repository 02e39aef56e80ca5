import { AppError } from '../errors.ts';
import type { Actor } from './actor.ts';
import type { World } from './context.ts';

/**
 * The walls behind the rights, which core/sharing decides: what an app password is limited to is asked here, too, by the
 * transaction that is about to log changes, and by whatever reads something that lies in no folder.
 */

/**
 * Whether the person sees everything in this account: it is their own, and no app password restricts them to one
 * folder.
 */
export function seesAll({ actor }: { readonly actor: Actor }, accountId: string): boolean {
  return accountId === actor.principalId && isWhole(actor);
}

/** Whether what the person sees is limited by nothing but their own rights. */
export function isWhole(actor: Actor): boolean {
  return (actor.scope?.bookId ?? null) === null;
}

/** Whether this folder is visible at all. */
export function isInScope(actor: Actor, bookId: string): boolean {
  return isWhole(actor) || actor.scope?.bookId === bookId;
}

/**
 * Throws `forbidden` for an app password that opens one folder only: for everything of a person's that is not in a
 * folder.
 */
export function requireWhole({ actor }: { readonly actor: Actor }): void {
  if (!isWhole(actor)) throw outside();
}

/** Throws `forbidden` for any limited app password: for everything that is not a change to a card. */
export function requireUnlimited({ actor }: { readonly actor: Actor }): void {
  if (actor.scope) throw outside();
}

/** Throws `forbidden` for a read-only app password. */
export function requireWriting({ actor }: { readonly actor: Actor }): void {
  if (actor.scope?.mayWrite === false) throw outside();
}

type Noted = { readonly type: string; readonly kind: string; readonly bookId?: string };

/**
 * The last line of defence behind all rights: whatever a transaction has noted in the change log must lie within the
 * limits of the app password, or the transaction fails. An operation that forgets to check is stopped here.
 */
export function requireWithin(world: World, noted: readonly Noted[]): void {
  const { scope } = (world as { readonly actor?: Actor }).actor ?? {};
  if (!scope || noted.length === 0) return;
  const isInside = ({ type, kind, bookId }: Noted) => {
    if (scope.bookId === null) return true;
    // A card that goes into the trash is news there; nothing is taken out of it.
    return type === 'ContactCard' ? bookId === scope.bookId : type === 'TrashItem' && kind === 'created';
  };
  if (!scope.mayWrite || !noted.every(isInside)) throw outside();
}

/** The same context without limits: for what the program does by itself during a request. */
export function withoutScope<C extends World & { readonly actor: Actor }>(context: C): C {
  const { scope: _scope, ...actor } = context.actor;
  return { ...context, actor };
}

function outside(): AppError {
  return new AppError('forbidden', 'This app password is not made for that', { reason: 'appPasswordScope' });
}
