import { hash as hashText } from 'node:crypto';
import { sql } from 'kysely';
import { statement } from '../../db/statement.ts';
import { AppError } from '../../errors.ts';
import { TooBusy, unmatchableHash, verifyPassword } from '../../lib/passwordHash.ts';
import type { PasswordCost } from '../../lib/passwordHash.ts';
import { networkPrefix } from '../../lib/networkPrefix.ts';
import { beginTry } from '../../lib/throttle.ts';
import type { World } from '../context.ts';
import type { Directory } from '../directory/directory.ts';
import { mirrorPerson } from '../directory/mirrorPerson.ts';
import { emailKey } from '../principal/emailKey.ts';
import { openThrottle } from '../throttle.ts';
import type { Attempt } from './attempt.ts';
import { auditRefusal } from './auditSignIn.ts';
import { noteUse } from './noteUse.ts';
import { rememberOutcomes } from './outcomes.ts';
import type { Memory } from './outcomes.ts';

/**
 * Checks a password and returns the id of the person. Errors: `wrongCredentials`, `tooManyAttempts` (with
 * `retryAfter`), `unavailable`.
 */
export type PasswordCheck = {
  (attempt: Attempt): Promise<string>;
  /** Tells from now on whether somebody who makes this attempt has to wait, whatever comes of it. */
  watch(attempt: Attempt): () => Promise<boolean>;
};

const patience = {
  // A person from a network: a few slips are free, a guesser gets some hundred guesses a day.
  person: { free: 5, firstWait: 2, longestWait: 300, memory: 3600, keys: 20_000 },
  // Everybody from a network, which may be a whole campus: only slows down those who try many people.
  network: { free: 100, firstWait: 1, longestWait: 30, memory: 3600, keys: 20_000 },
} as const;
const longestPassword = 1024;
const longestLogin = 320;

// A hash does not change its mind; a directory does, so what was wrong there is soon asked again.
const memoryOfHashes: Memory = { rightSeconds: 300, wrongSeconds: Infinity };
const memoryOfDirectory: Memory = { rightSeconds: 300, wrongSeconds: 60 };

/** Options of a password check. */
export type PasswordCheckOptions = {
  readonly cost?: PasswordCost | undefined;
  /** The organisation's directory, which knows the passwords of its people; null: there is none. */
  readonly directory?: Directory | null | undefined;
};

/** Where the answer comes from, and what makes the same question another one. */
type Question = { readonly answer: () => Promise<string | null>; readonly about: string; readonly memory: Memory };

/** By what failures are counted: everybody of a network, and one person (or device) in it. */
type Counters = { readonly network: string; readonly counted: string };

/**
 * A check with its memory. People created here have their password here; everybody else is checked by the directory. An
 * unknown person costs the same time, and gets the same answers, as a known one with a wrong password. Waiting is
 * imposed by person *and* network, so nobody can be locked out from elsewhere.
 */
export function createPasswordCheck(world: World, { cost, directory = null }: PasswordCheckOptions): PasswordCheck {
  const byPerson = openThrottle(world, 'password of a person', patience.person);
  const byNetwork = openThrottle(world, 'password by a network', patience.network);
  const outcomes = rememberOutcomes(() => world.now());
  const nobody = unmatchableHash(cost);

  const check = async (attempt: Attempt) => {
    const key = emailKey(attempt.email);
    if (attempt.password.length > longestPassword || attempt.email.length > longestLogin) throw wrong();
    const question = await questionFor(attempt, key);
    const personId = await ask(attempt, key, question);
    if (personId === null) throw wrong();
    // What is remembered may be older than that the person was locked out.
    if (!(await noteUse(world, personId))) {
      outcomes.forget(key, attempt.password, question.about);
      throw wrong();
    }
    return personId;
  };
  const watch = (attempt: Attempt) => {
    const counters = countersOf(attempt);
    return async () => (await waitFor(counters)) > 0;
  };
  return Object.assign(check, { watch });

  function countersOf({ email, address, knownDevice }: Attempt): Counters {
    const network = networkPrefix(address);
    return { network, counted: digest(`${emailKey(email)}\0${knownDevice ?? network}`) };
  }

  async function waitFor({ network, counted }: Counters): Promise<number> {
    return Math.max(...(await Promise.all([byPerson.waitFor(counted), byNetwork.waitFor(network)])));
  }

  // The hash is part of what is remembered: a changed password is a new question.
  async function questionFor({ email, password }: Attempt, key: string): Promise<Question> {
    const person = await findCredential(world, key);
    if (directory && !person) {
      const answer = () => askDirectory(world, directory, email.trim(), password);
      return { answer, about: 'directory', memory: memoryOfDirectory };
    }
    const hash = person?.password_hash ?? nobody;
    const answer = async () => ((await verifyPassword(password, hash)) && person ? person.id : null);
    return { answer, about: hash, memory: memoryOfHashes };
  }

  // The same wrong password again (a telephone with an old one) is no new guess, so it neither costs time nor makes
  // anybody wait. The wait comes before the memory: else the quick yes to a remembered password would let a guesser
  // try without end.
  async function ask(attempt: Attempt, key: string, question: Question): Promise<string | null> {
    const counters = countersOf(attempt);
    requireNoWait(await waitFor(counters));
    const parts = [key, attempt.password, question.about];
    return (
      outcomes.remembered(...parts) ?? outcomes.remember(guess(attempt, question, counters), question.memory, ...parts)
    );
  }

  async function guess(attempt: Attempt, { answer }: Question, { network, counted }: Counters): Promise<string | null> {
    const begun = beginTry([
      [byPerson, counted],
      [byNetwork, network],
    ]);
    requireNoWait(await begun);
    return answer().then(
      async (found) => {
        if (found === null) await auditRefusal(world, attempt);
        else await Promise.all([byNetwork.uncount(network), byPerson.forget(counted)]);
        return found;
      },
      async (error: unknown) => {
        await Promise.all([byNetwork.uncount(network), byPerson.uncount(counted)]);
        throw error instanceof TooBusy
          ? new AppError('unavailable', 'Too many people are signing in, try again in a moment')
          : error;
      },
    );
  }
}

function requireNoWait(wait: number): void {
  if (wait > 0) throw new AppError('tooManyAttempts', `Try again in ${wait} seconds`, { retryAfter: wait });
}

const retrySeconds = 60;

async function askDirectory(
  world: World,
  directory: Directory,
  login: string,
  password: string,
): Promise<string | null> {
  // An empty password is no password: servers take it as a question without a name (RFC 4513 §5.1.2).
  if (login === '' || password === '') return null;
  try {
    const externalId = await directory.authenticate(login, password);
    return externalId === null ? null : ((await mirrorPerson(world, directory, externalId)) ?? null);
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'unavailable') throw error;
    // Never « wrong password »: a telephone that hears that forgets the password.
    throw new AppError('unavailable', 'The directory does not answer, try again in a moment', {
      reason: 'directoryUnavailable',
      retryAfter: retrySeconds,
    });
  }
}

function wrong(): AppError {
  return new AppError('wrongCredentials', 'The address or the password is wrong');
}

const credentialOf = statement((build, value: { key: string }) =>
  // No join, for the reason that `actorOf` gives.
  build
    .selectFrom('principal')
    .select((row) =>
      row
        .selectFrom('credential')
        .select('password_hash')
        .whereRef('credential.principal_id', '=', 'principal.id')
        .as('password_hash'),
    )
    .select('principal.id')
    .where('principal.email_key', '=', value.key)
    .where('principal.source', '=', sql.lit('local'))
    .where('principal.is_active', '=', sql.lit(1)),
);

/** Of somebody made here; a person without a password has one that nothing matches. */
async function findCredential(
  { db }: World,
  key: string,
): Promise<{ id: string; password_hash: string | null } | undefined> {
  return db.first(credentialOf(db, { key }));
}

// Long addresses must not fill the memory.
function digest(text: string): string {
  return hashText('sha256', text, 'base64url');
}
