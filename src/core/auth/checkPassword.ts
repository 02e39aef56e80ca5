import { createHash, createHmac, randomBytes } from 'node:crypto';
import { AppError } from '../../errors.ts';
import { TooBusy, unmatchableHash, verifyPassword } from '../../lib/passwordHash.ts';
import type { PasswordCost } from '../../lib/passwordHash.ts';
import { networkPrefix } from '../../lib/networkPrefix.ts';
import { createThrottle } from '../../lib/throttle.ts';
import type { World } from '../context.ts';
import { emailKey } from '../principal/emailKey.ts';

/** What somebody says of themselves, and from where. */
export type Attempt = {
  readonly email: string;
  readonly password: string;
  /** The address of their computer. */
  readonly address: string;
  /** A mark that this browser signed in as this person before: its guesses are counted apart from its neighbours'. */
  readonly knownDevice?: string | undefined;
};

/** Checks passwords: the id of the person. Errors: `wrongCredentials`, `tooManyAttempts` (with `retryAfter`), `unavailable`. */
export type PasswordCheck = (attempt: Attempt) => Promise<string>;

const patience = {
  // A person from a network: a few slips are free, a guesser gets some hundred guesses a day.
  person: { free: 5, firstWait: 2, longestWait: 300, memory: 3600, keys: 20_000 },
  // Everybody from a network, which may be a whole campus: only slows down those who try many people.
  network: { free: 100, firstWait: 1, longestWait: 30, memory: 3600, keys: 20_000 },
} as const;
const rememberedSeconds = 300;
const rememberedOutcomes = 5000;
const longestPassword = 1024;

type Outcome = { readonly matches: Promise<boolean>; readonly until: number };

/**
 * A check with its memory. Somebody unknown costs the same time and gets the same answers as somebody known with a
 * wrong password. Waiting is by person *and* network, so nobody can be locked out from elsewhere.
 */
export function createPasswordCheck(world: World, cost?: PasswordCost): PasswordCheck {
  const byPerson = createThrottle(patience.person, () => world.now());
  const byNetwork = createThrottle(patience.network, () => world.now());
  const outcomes = rememberOutcomes(() => world.now());
  const nobody = unmatchableHash(cost);

  return async (attempt) => {
    const key = emailKey(attempt.email);
    if (attempt.password.length > longestPassword) throw wrong();
    const person = await findCredential(world, key);
    const hash = person?.password_hash ?? nobody;
    if (!(await isRight(attempt, key, hash)) || !person) throw wrong();
    return person.id;
  };

  // The hash is part of what is remembered: a changed password is a new question. The same wrong password again
  // (a telephone with an old one) is no new guess, so it neither costs time nor makes anybody wait. The wait comes
  // before the memory: else the quick yes to a remembered password would let a guesser try without end.
  function isRight(attempt: Attempt, key: string, hash: string): Promise<boolean> {
    const network = networkPrefix(attempt.address);
    const counted = digest(`${key}\0${attempt.knownDevice ?? network}`);
    const wait = Math.max(byPerson.waitFor(counted), byNetwork.waitFor(network));
    if (wait > 0) throw new AppError('tooManyAttempts', `Try again in ${wait} seconds`, { retryAfter: wait });
    return outcomes.remembered(key, attempt.password, hash) ?? guess(attempt, { key, hash, network, counted });
  }

  function guess(
    attempt: Attempt,
    { key, hash, network, counted }: Record<'key' | 'hash' | 'network' | 'counted', string>,
  ): Promise<boolean> {
    byPerson.count(counted);
    byNetwork.count(network);
    const verdict = verifyPassword(attempt.password, hash).then(
      (matches) => {
        if (matches) byNetwork.uncount(network);
        if (matches) byPerson.forget(counted);
        return matches;
      },
      (error: unknown) => {
        byNetwork.uncount(network);
        byPerson.uncount(counted);
        throw error instanceof TooBusy
          ? new AppError('unavailable', 'Too many people are signing in, try again in a moment')
          : error;
      },
    );
    return outcomes.remember(key, attempt.password, hash, verdict);
  }
}

function wrong(): AppError {
  return new AppError('wrongCredentials', 'The address or the password is wrong');
}

function findCredential(world: World, key: string): Promise<{ id: string; password_hash: string } | undefined> {
  const { db } = world;
  return db.first(
    db.build
      .selectFrom('principal')
      .innerJoin('credential', 'credential.principal_id', 'principal.id')
      .select(['principal.id', 'credential.password_hash'])
      .where('principal.email_key', '=', key)
      .where('principal.is_active', '=', 1),
  );
}

// Long addresses must not fill the memory.
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Right answers are remembered for minutes, wrong ones while there is room: they stay wrong. */
function rememberOutcomes(now: () => Date): {
  remembered(email: string, password: string, hash: string): Promise<boolean> | undefined;
  remember(email: string, password: string, hash: string, matches: Promise<boolean>): Promise<boolean>;
} {
  const secret = randomBytes(32);
  const outcomes = new Map<string, Outcome>();
  const keyOf = (...parts: string[]) => createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url');
  return {
    remembered(email, password, hash) {
      const outcome = outcomes.get(keyOf(email, password, hash));
      return outcome && outcome.until > now().getTime() ? outcome.matches : undefined;
    },
    remember(email, password, hash, matches) {
      const key = keyOf(email, password, hash);
      const until = now().getTime() + rememberedSeconds * 1000;
      outcomes.delete(key);
      outcomes.set(key, { matches, until });
      if (outcomes.size > rememberedOutcomes) outcomes.delete(outcomes.keys().next().value!);
      matches.then(
        (right) => !right && outcomes.set(key, { matches, until: Infinity }),
        () => outcomes.delete(key),
      );
      return matches;
    },
  };
}
