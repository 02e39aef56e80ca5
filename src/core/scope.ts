import { AppError } from '../errors.ts';
import type { Actor } from './actor.ts';
import type { World } from './context.ts';

/**
 * The walls behind the rights, which core/sharing decides: what an app password is limited to is asked here, too, by the
 * transaction that is about to log changes, and by whatever reads something that lies in no folder.
 */

/** Whether the person sees everything in this account: it is their own, and no app password shows one folder of it. */
export function seesAll({ actor }: { readonly actor: Actor }, accountId: string): boolean {
  return accountId === actor.principalId && isWhole(actor);
}

/** Whether nothing but the person's own rights limits what they see. */
export function isWhole(actor: Actor): boolean {
  return (actor.scope?.bookId ?? null) === null;
}

/** Whether this folder can be seen at all. */
export function isInScope(actor: Actor, bookId: string): boolean {
  return isWhole(actor) || actor.scope?.bookId === bookId;
}

/** Throws `forbidden` for who sees one folder alone: for everything of a person's that lies in no folder. */
export function requireWhole({ actor }: { readonly actor: Actor }): void {
  if (!isWhole(actor)) throw outside();
}

/** Throws `forbidden` for what is no change of a card: only those whom no app password limits may do it. */
export function requireUnlimited({ actor }: { readonly actor: Actor }): void {
  if (actor.scope) throw outside();
}

/** Throws `forbidden` for who may read only. */
export function requireWriting({ actor }: { readonly actor: Actor }): void {
  if (actor.scope?.mayWrite === false) throw outside();
}

type Noted = { readonly type: string; readonly kind: string; readonly bookId?: string };

/**
 * The wall behind all rights: what a transaction has noted in the change log must lie within the scope, or nothing of
 * it happens. An operation that forgets to ask is stopped here.
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

/** The same without limits: for what the program does by itself while somebody asks. */
export function withoutScope<C extends World & { readonly actor: Actor }>(context: C): C {
  const { scope: _scope, ...actor } = context.actor;
  return { ...context, actor };
}

function outside(): AppError {
  return new AppError('forbidden', 'This app password is not made for that', { reason: 'appPasswordScope' });
}
