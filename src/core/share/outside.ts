import type { ShareRow } from '../../db/schema.ts';
import { AppError, invalid } from '../../errors.ts';
import type { World } from '../context.ts';

const day = 86_400_000;

const refusals = {
  guest: { reason: 'guestsOff', words: 'An administrator has switched off sharing with people outside' },
  public: { reason: 'publicLinksOff', words: 'An administrator has switched off public links' },
  // A guest's link comes by mail alone: only so it is known whose it is.
  noMail: { reason: 'guestsNeedMail', words: 'People outside are invited by mail, and this server sends none' },
} as const;

/** Whether the administrator allows this kind of sharing with people outside. */
export function isAllowed({ settings }: World, type: ShareRow['type']): boolean {
  const { guests = true, publicLinks = true } = settings.outside ?? {};
  return type === 'principal' || (type === 'guest' ? guests : publicLinks);
}

/** Throws `forbidden` (guestsOff, publicLinksOff, guestsNeedMail) if it is not allowed. */
export function requireAllowed(world: World, type: 'guest' | 'public'): void {
  const needsMail = type === 'guest' && !world.settings.mailEnabled;
  if (isAllowed(world, type) && !needsMail) return;
  const { reason, words } = refusals[isAllowed(world, type) ? 'noMail' : type];
  throw new AppError('forbidden', words, { reason, properties: ['type'] });
}

/** The longest time such a share may last, in days; null: no limit. */
export function mostDays({ settings }: World, type: ShareRow['type']): number | null {
  const { guestDays = 0, publicDays = 0 } = settings.outside ?? {};
  return { principal: null, guest: guestDays || null, public: publicDays || null }[type];
}

/**
 * The end date of a share within that limit; without one, the share ends at the last possible moment. Errors: `invalid`
 * (expiresTooLate, with the number of days allowed).
 */
export function withinLifetime(world: World, type: ShareRow['type'], expiresAt: string | null): string | null {
  const days = mostDays(world, type);
  if (days === null) return expiresAt;
  const latest = new Date(world.now().getTime() + days * day).toISOString();
  if (expiresAt === null) return latest;
  // Whoever chooses the last day means all of it.
  if (Date.parse(expiresAt) <= Date.parse(latest) + day) return expiresAt;
  throw invalid('expiresAt', `Such a share lasts ${days} days at most`, { reason: 'expiresTooLate', mostDays: days });
}
