import { createHash } from 'node:crypto';
import { AppError } from '../../errors.ts';
import { readAppPassword } from '../../lib/appPasswordText.ts';
import { networkPrefix } from '../../lib/networkPrefix.ts';
import { beginTry } from '../../lib/throttle.ts';
import type { World } from '../context.ts';
import { emailKey } from '../principal/emailKey.ts';
import { openThrottle } from '../throttle.ts';
import type { Attempt, BasicUse } from './attempt.ts';
import { auditRefusal, createProgramAudit } from './auditSignIn.ts';
import type { PasswordCheck } from './checkPassword.ts';
import { findAppPassword } from './findAppPassword.ts';
import { rememberOutcomes } from './outcomes.ts';

/**
 * Checks HTTP Basic credentials of programs: an app password, or the person's own password where that is allowed.
 * Errors: `wrongCredentials`, `tooManyAttempts` (with `retryAfter`), `unavailable`.
 */
export type BasicCheck = {
  (attempt: Attempt): Promise<BasicUse>;
  /** As that of `PasswordCheck`. */
  watch(attempt: Attempt): () => Promise<boolean>;
};

// Nobody guesses 105 bits: this is for the quiet of the log and the database, not for safety.
const patience = {
  person: { free: 20, firstWait: 2, longestWait: 300, memory: 3600, keys: 20_000 },
  network: { free: 200, firstWait: 1, longestWait: 30, memory: 3600, keys: 20_000 },
} as const;
const memory = { rightSeconds: 0, wrongSeconds: 3600 };

/**
 * Whether programs may sign in with the person's own password. Where signing in takes more than a password (a second
 * factor, single sign-on), a password alone must not open what these protect: this decides it.
 */
function takesOwnPassword({ settings }: World): boolean {
  return settings.devicePasswords !== 'app';
}

/**
 * A check with its memory of wrong guesses. With a right app password nobody has to wait for anybody else's wrong ones.
 */
export function createBasicCheck(world: World, checkPassword: PasswordCheck): BasicCheck {
  const byPerson = openThrottle(world, 'app password of a person', patience.person);
  const byNetwork = openThrottle(world, 'app password by a network', patience.network);
  const outcomes = rememberOutcomes(() => world.now());
  const auditProgram = createProgramAudit(world);

  const audited = async (attempt: Attempt) => {
    const use = await check(attempt);
    await auditProgram(attempt, use);
    return use;
  };
  const watch = (attempt: Attempt) =>
    readAppPassword(attempt.password) === null ? checkPassword.watch(attempt) : async () => false;
  return Object.assign(audited, { watch });

  async function check(attempt: Attempt): Promise<BasicUse> {
    const secret = readAppPassword(attempt.password);
    if (secret === null) {
      if (!takesOwnPassword(world)) throw new AppError('wrongCredentials', 'Programs sign in with an app password');
      return { personId: await checkPassword(attempt) };
    }
    const found = await findAppPassword(world, secret, attempt.email);
    if (!found) throw await countWrong(attempt, secret);
    const { scope, ...use } = found;
    return scope ? { ...use, scope } : use;
  }

  // A telephone that goes on with one that was revoked makes nobody wait: the same again is no new guess.
  async function countWrong(attempt: Attempt, secret: string): Promise<AppError> {
    const { email, address } = attempt;
    const parts = [emailKey(email), secret];
    const known = outcomes.remembered(...parts);
    if (known) return known.then(wrong);
    const network = networkPrefix(address);
    const person = createHash('sha256')
      .update(`${emailKey(email)}\0${network}`)
      .digest('base64url');
    const begun = beginTry([
      [byPerson, person],
      [byNetwork, network],
    ]);
    const counted = begun.then((wait) => {
      if (wait > 0) throw new AppError('tooManyAttempts', `Try again in ${wait} seconds`, { retryAfter: wait });
      return null;
    });
    await outcomes.remember(counted, memory, ...parts);
    await auditRefusal(world, attempt);
    return wrong();
  }
}

function wrong(): AppError {
  return new AppError('wrongCredentials', 'The app password is wrong, or was revoked');
}
