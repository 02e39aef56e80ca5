import type { Reader, Writer } from '../../db/database.ts';
import type { PrincipalLoginRow } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import { emailKey } from './emailKey.ts';

/** What somebody is called: an address, or a name to sign in with, in the form in which they are compared. */
export type Login = { readonly key: string; readonly isAddress: boolean };

/** The claims of somebody as they are to be; the address among them that is shown is the main one. */
type Claims = { readonly principalId: string; readonly email: string | null; readonly wanted: readonly Login[] };

/**
 * Makes the claims of an active principal what they should be. What nobody holds is theirs; what they give up passes
 * to the one who claims it longest. The main address is theirs in `email_key` exactly when they hold it.
 */
export async function claimLogins(tx: Writer, { principalId, email, wanted }: Claims, now: Date): Promise<void> {
  const present = await tx.all(claimsOf(tx, { principalId }));
  const nameOf = (key: string, isAddress: boolean) => `${Number(isAddress)} ${key}`;
  const kept = new Set(wanted.map(({ key, isAddress }) => nameOf(key, isAddress)));
  const known = new Set(present.map((row) => nameOf(row.login_key, row.is_address === 1)));
  for (const row of present) {
    const login = { key: row.login_key, isAddress: row.is_address === 1 };
    if (!kept.has(nameOf(login.key, login.isAddress))) await dropClaim(tx, principalId, login);
  }
  for (const login of wanted) {
    const name = nameOf(login.key, login.isAddress);
    if (known.has(name)) continue;
    await guestsMakeWay(tx, principalId, login);
    known.add(name);
    const row = {
      principal_id: principalId,
      login_key: login.key,
      is_address: Number(login.isAddress),
      is_held: Number((await holderOf(tx, login)) === undefined),
      claimed_at: now.toISOString(),
    };
    await tx.run(insertClaim(tx, { row }));
  }
  const main = email === null ? null : emailKey(email);
  const holds = main !== null && (await holderOf(tx, { key: main, isAddress: true })) === principalId;
  await tx.run(setEmailKey(tx, { principalId, key: holds ? main : null }));
}

const claimsOf = statement((build, value: { principalId: string }) =>
  build.selectFrom('principal_login').selectAll().where('principal_id', '=', value.principalId),
);
const insertClaim = statement((build, { row }: { row: PrincipalLoginRow }) =>
  build.insertInto('principal_login').values(row),
);
const setEmailKey = statement((build, value: { principalId: string; key: string | null }) =>
  build.updateTable('principal').set({ email_key: value.key }).where('id', '=', value.principalId),
);
const holderOfKey = statement((build, value: { key: string; isAddress: number }) =>
  build
    .selectFrom('principal_login')
    .select('principal_id')
    .where('login_key', '=', value.key)
    .where('is_address', '=', value.isAddress)
    .where('is_held', '=', 1),
);

/** Whoever holds this name now; undefined: it is free. */
async function holderOf(reader: Reader, { key, isAddress }: Login): Promise<string | undefined> {
  return (await reader.first(holderOfKey(reader, { key, isAddress: Number(isAddress) })))?.principal_id;
}

/** Somebody leaves: what they held is free for others, and remembered as theirs until it is taken. */
export async function releaseLogins(tx: Writer, principalId: string): Promise<void> {
  const held = await tx.all(
    tx.build.selectFrom('principal_login').selectAll().where('principal_id', '=', principalId).where('is_held', '=', 1),
  );
  await tx.run(tx.build.updateTable('principal').set({ email_key: null }).where('id', '=', principalId));
  await tx.run(tx.build.updateTable('principal_login').set({ is_held: 0 }).where('principal_id', '=', principalId));
  for (const row of held) await passOn(tx, { key: row.login_key, isAddress: row.is_address === 1 });
}

/** Somebody is back: what is free of their names is theirs again; the addresses that somebody else has taken. */
export async function reclaimLogins(tx: Writer, principalId: string): Promise<string[]> {
  const claims = await tx.all(
    tx.build.selectFrom('principal_login').selectAll().where('principal_id', '=', principalId),
  );
  const taken: string[] = [];
  for (const row of claims) {
    const login = { key: row.login_key, isAddress: row.is_address === 1 };
    await guestsMakeWay(tx, principalId, login);
    if ((await holderOf(tx, login)) === undefined) await hold(tx, principalId, login);
    else taken.push(login.key);
  }
  return taken;
}

/** The address of a guest turns out to be of somebody inside: it is theirs from now on (core/guest/guestsWhoCameInside.ts). */
async function guestsMakeWay(tx: Writer, principalId: string, login: Login): Promise<void> {
  const holder = login.isAddress ? await holderOf(tx, login) : undefined;
  if (holder === undefined || holder === principalId) return;
  const { build } = tx;
  const guest = build.selectFrom('principal').select('id').where('id', '=', holder).where('is_guest', '=', 1);
  if (!(await tx.first(guest))) return;
  await tx.run(build.deleteFrom('principal_login').where('principal_id', '=', holder));
  await tx.run(build.updateTable('principal').set({ email_key: null }).where('id', '=', holder));
}

async function dropClaim(tx: Writer, principalId: string, login: Login): Promise<void> {
  await tx.run(
    tx.build
      .deleteFrom('principal_login')
      .where('principal_id', '=', principalId)
      .where('login_key', '=', login.key)
      .where('is_address', '=', Number(login.isAddress)),
  );
  if (login.isAddress) {
    const shown = tx.build.updateTable('principal').set({ email_key: null }).where('id', '=', principalId);
    await tx.run(shown.where('email_key', '=', login.key));
  }
  if ((await holderOf(tx, login)) === undefined) await passOn(tx, login);
}

async function passOn(tx: Writer, login: Login): Promise<void> {
  const next = await tx.first(
    tx.build
      .selectFrom('principal_login')
      .innerJoin('principal', 'principal.id', 'principal_login.principal_id')
      .select('principal_login.principal_id')
      .where('login_key', '=', login.key)
      .where('is_address', '=', Number(login.isAddress))
      .where('principal.is_active', '=', 1)
      .orderBy('claimed_at')
      .orderBy('principal_login.principal_id'),
  );
  if (next) await hold(tx, next.principal_id, login);
}

async function hold(tx: Writer, principalId: string, login: Login): Promise<void> {
  await tx.run(
    tx.build
      .updateTable('principal_login')
      .set({ is_held: 1 })
      .where('principal_id', '=', principalId)
      .where('login_key', '=', login.key)
      .where('is_address', '=', Number(login.isAddress)),
  );
  if (!login.isAddress) return;
  const row = await tx.first(tx.build.selectFrom('principal').select('email').where('id', '=', principalId));
  if (row?.email === undefined || row.email === null || emailKey(row.email) !== login.key) return;
  await tx.run(tx.build.updateTable('principal').set({ email_key: login.key }).where('id', '=', principalId));
}
