import type { Session } from '../../client/src/types.ts';
import { capabilities } from '../../client/src/transport.ts';

/** What an administrator allows of sharing with people outside (docs/jmap-extension.md). */
export interface Outside {
  readonly guest: boolean;
  readonly public: boolean;
  /** The longest in days; null: as long as one likes. */
  readonly mostDays: Readonly<Record<'guest' | 'public', number | null>>;
}

/** What may be shared with people outside. */
export function outsideOf({ capabilities: all }: Session): Outside {
  const told = all[capabilities.coterie] ?? {};
  const days = (value: unknown) => (typeof value === 'number' ? value : null);
  return {
    guest: told['mayShareWithGuests'] !== false,
    public: told['maySharePublicly'] !== false,
    mostDays: { guest: days(told['maxGuestDays']), public: days(told['maxPublicDays']) },
  };
}

/** Whether somebody from outside is signed in, who has nothing here but what is shared with them. */
export function isGuest({ accounts }: Session, ownAccountId: string): boolean {
  return accounts[ownAccountId]?.accountCapabilities[capabilities.coterie]?.['isGuest'] === true;
}
