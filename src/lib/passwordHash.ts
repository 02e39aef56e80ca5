import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** What one guess costs: kibibytes of memory, and passes over them. */
export type PasswordCost = { readonly memory: number; readonly passes: number };

/** The least that OWASP recommends for argon2id; about 50 ms. */
const standardCost: PasswordCost = { memory: 19_456, passes: 2 };

/** Thrown instead of making people wait for minutes behind a flood of guesses. */
export class TooBusy extends Error {
  constructor() {
    super('Too many passwords are being checked');
    this.name = 'TooBusy';
  }
}

const derive = promisify(argon2);
const tagLength = 32;
const form = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=1\$([\w+/]{11,64})\$([\w+/]{22,128})$/u;

/** The form in which a password is stored: a PHC string (argon2id). */
export async function hashPassword(password: string, cost: PasswordCost = standardCost): Promise<string> {
  const salt = randomBytes(16);
  return phc(cost, salt, await guarded(() => tagOf(password, salt, cost, tagLength)));
}

/** Whether this is the password; throws `TooBusy` when too many are waiting. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const match = form.exec(hash);
  if (!match) throw new Error('This is no argon2id hash');
  const [, memory, passes, salt, tag] = match;
  const expected = Buffer.from(tag!, 'base64');
  const cost = { memory: Number(memory), passes: Number(passes) };
  const given = await guarded(() => tagOf(password, Buffer.from(salt!, 'base64'), cost, expected.length));
  return timingSafeEqual(given, expected);
}

/** A hash that no password matches, for spending the same time on people who do not exist. */
export function unmatchableHash(cost: PasswordCost = standardCost): string {
  return phc(cost, randomBytes(16), randomBytes(tagLength));
}

function tagOf(password: string, salt: Uint8Array, cost: PasswordCost, length: number): Promise<Buffer> {
  // Two keyboards may write one « é » in two ways: NFKC makes them one (NIST SP 800-63B §5.1.1.2).
  const message = Buffer.from(password.normalize('NFKC'));
  return derive('argon2id', {
    message,
    nonce: salt,
    parallelism: 1,
    tagLength: length,
    memory: cost.memory,
    passes: cost.passes,
  });
}

function phc(cost: PasswordCost, salt: Buffer, tag: Buffer): string {
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=1$${unpadded(salt)}$${unpadded(tag)}`;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

// Of the process, not of one app: what is scarce are its processors and its memory.
const atOnce = 2;
const mayWait = 60;
const waiting: (() => void)[] = [];
let running = 0;

async function guarded<T>(task: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= mayWait) throw new TooBusy();
    // The one who ends hands its place on, so `running` does not change.
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running++;
  }
  try {
    return await task();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
