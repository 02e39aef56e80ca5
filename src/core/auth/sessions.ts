import { statement } from '../../db/statement.ts';
import { hashSecret, newSecret } from '../../lib/ids.ts';
import { audit } from '../audit/audit.ts';
import type { World } from '../context.ts';
import { signOutElsewhere, signOutHere } from './signOut.ts';

const day = 86_400_000;

/** How a session begins. */
export type SessionStart = {
  readonly days: number;
  /** By what somebody showed who they are. */
  readonly by: 'password' | 'passwordLink' | 'guestLink' | 'setupLink';
  /** The address of their computer. */
  readonly address: string;
};

/** Starts a session; its secret goes into the cookie and is stored nowhere else. */
export async function startSession(world: World, personId: string, start: SessionStart): Promise<string> {
  const { days, by, address } = start;
  const secret = newSecret();
  const now = world.now();
  await world.db.transaction(async (tx) => {
    await tx.run(
      tx.build.insertInto('session').values({
        token_hash: hashSecret(secret),
        principal_id: personId,
        created_at: now.toISOString(),
        expires_at: expiry(now, days),
      }),
    );
    await audit(
      tx,
      { ...world, way: 'web' },
      { kind: 'signIn.succeeded', actorId: personId, address, details: { by } },
    );
  });
  return secret;
}

/** `guests`: 1 when they may come in, too. */
const liveSession = statement((build, value: { hash: string; now: string; guests: number }) =>
  build
    .selectFrom('session')
    .innerJoin('principal', 'principal.id', 'session.principal_id')
    .select(['session.token_hash', 'session.principal_id', 'session.expires_at'])
    .where('session.token_hash', '=', value.hash)
    .where('session.expires_at', '>', value.now)
    .where('principal.is_active', '=', 1)
    .where('principal.is_guest', '<=', value.guests),
);

/**
 * The person of a session, or undefined if it has ended or never existed. Use prolongs it, with at most one write a
 * day.
 */
export async function findSession(world: World, secret: string, days: number): Promise<string | undefined> {
  const { db } = world;
  const now = world.now();
  const guests = world.settings.outside?.guests === false ? 0 : 1;
  const row = await db.first(liveSession(db, { hash: hashSecret(secret), now: now.toISOString(), guests }));
  if (!row) return undefined;
  if (Date.parse(row.expires_at) < now.getTime() + (days - 1) * day) {
    await db.transaction(async (tx) => {
      await tx.run(
        tx.build
          .updateTable('session')
          .set({ expires_at: expiry(now, days) })
          .where('token_hash', '=', row.token_hash),
      );
    });
  }
  return row.principal_id;
}

/** Ends one session, and closes what is open through it: event streams, WebSockets. */
export async function endSession(world: World, secret: string, address: string): Promise<void> {
  const sessionHash = hashSecret(secret);
  const ended = await world.db.transaction(async (tx) => {
    const one = tx.build.selectFrom('session').select('principal_id').where('token_hash', '=', sessionHash);
    const session = await tx.first(one);
    await tx.run(tx.build.deleteFrom('session').where('token_hash', '=', sessionHash));
    if (session) {
      const act = { kind: 'signIn.ended', actorId: session.principal_id, address } as const;
      await audit(tx, { ...world, way: 'web' }, act);
      signOutElsewhere(tx, { personId: session.principal_id, sessionHash });
    }
    return session;
  });
  if (ended) signOutHere(world, { personId: ended.principal_id, sessionHash });
}

/** Those of these sessions that have not ended. */
export async function liveSessions({ db, now }: World, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  if (hashes.length === 0) return new Set();
  const sessions = db.build.selectFrom('session').select('token_hash').where('token_hash', 'in', hashes);
  const live = await db.all(sessions.where('expires_at', '>', now().toISOString()));
  return new Set(live.map((row) => row.token_hash));
}

/** Deletes expired sessions; returns their number. */
export function purgeSessions(world: World): Promise<number> {
  return world.db.transaction((tx) =>
    tx.run(tx.build.deleteFrom('session').where('expires_at', '<=', world.now().toISOString())),
  );
}

function expiry(now: Date, days: number): string {
  return new Date(now.getTime() + days * day).toISOString();
}
