import { scopeOfAppPassword } from '../auth/findAppPassword.ts';
import type { Context, World } from '../context.ts';
import { createBroadcast } from '../sync/broadcast.ts';
import type { ChangedStates } from '../sync/changedStates.ts';

/** Whose devices are told, by what they signed in with: each app password shows something of its own. */
export type Audience = { readonly personId: string; readonly appPasswordId: string | null };

/** Those who are followed. */
export type Followed = {
  /** Follows these audiences of a person, and no others of theirs. */
  follow(personId: string, audiences: readonly Audience[]): Promise<void>;
  leave(audience: Audience): void;
  close(): void;
};

/** What comes of it. */
export type Following = {
  readonly report: (error: unknown) => void;
  tell(audience: Audience, states: ChangedStates): void;
  /** A person's changes could not be followed: called after so many milliseconds of patience. */
  lost(personId: string): void;
  readonly patience: number;
};

/** Hears what changes for people, as each of their audiences sees it. */
export function followAudiences(world: World, { report, tell, lost, patience }: Following): Followed {
  const broadcast = createBroadcast(world, report);
  /** Leaves the broadcast, by person and app password. */
  const followed = new Map<string, Map<string, () => void>>();
  let isClosed = false;

  async function join(audience: Audience): Promise<void> {
    const { personId } = audience;
    const key = keyOf(audience);
    const context = await contextOf(world, audience);
    const ofPerson = followed.get(personId) ?? new Map<string, () => void>();
    if (!context || ofPerson.has(key) || isClosed) return;
    const end = () => {
      leave(personId, key);
      const again = setTimeout(() => {
        if (!isClosed) lost(personId);
      }, patience);
      again.unref();
    };
    ofPerson.set(key, broadcast.join(context, { tell: (states) => tell(audience, states), end }));
    followed.set(personId, ofPerson);
  }

  function leave(personId: string, key: string): void {
    const ofPerson = followed.get(personId);
    ofPerson?.get(key)?.();
    ofPerson?.delete(key);
    if (ofPerson?.size === 0) followed.delete(personId);
  }

  return {
    async follow(personId, audiences) {
      for (const audience of audiences) await join(audience);
      const kept = new Set(audiences.map(keyOf));
      const gone = [...(followed.get(personId)?.keys() ?? [])].filter((key) => !kept.has(key));
      for (const key of gone) leave(personId, key);
    },
    leave: (audience) => leave(audience.personId, keyOf(audience)),
    close() {
      isClosed = true;
      broadcast.close();
    },
  };
}

function keyOf({ appPasswordId }: Audience): string {
  return appPasswordId ?? '';
}

/** The person as the device asks; undefined: it may not ask any more. */
export async function contextOf(world: World, { personId, appPasswordId }: Audience): Promise<Context | undefined> {
  const actor = { principalId: personId, language: 'fr' } as const;
  if (appPasswordId === null) return { ...world, actor };
  const scope = await scopeOfAppPassword(world.db, appPasswordId);
  return scope && { ...world, actor: { ...actor, appPasswordId, scope } };
}
