import type { World } from '../core/context.ts';
import { emailKey } from '../core/principal/emailKey.ts';
import { findPrincipalByLogin } from '../core/principal/findPrincipalByEmail.ts';
import type { PrincipalRow } from '../db/schema.ts';
import { AppError } from '../errors.ts';
import { newSecret } from '../lib/ids.ts';

/** A thing that an administrator does from the terminal; it answers what is printed, or its parts. */
export type Command<Said = string> = {
  readonly usage: string;
  readonly does: string;
  run(world: World, words: readonly string[]): Promise<Said>;
};

/** Commands by their names. */
export type Commands<Said = string> = Readonly<Record<string, Command<Said>>>;

/** The word that somebody should have typed. */
export function needed(word: string | undefined): string {
  if (word === undefined || word === '') throw new AppError('invalid', 'A word is missing.');
  return word;
}

/** The person or group by address, alias, login or id; also somebody who left, by the address that they had. */
export async function principalNamed(world: World, name: string | undefined): Promise<PrincipalRow> {
  const wanted = needed(name);
  const { db } = world;
  const found =
    (await findPrincipalByLogin(db, wanted)) ??
    (await db.first(db.build.selectFrom('principal').selectAll().where('id', '=', wanted)));
  if (found) return found;
  const left = await db.all(
    db.build
      .selectFrom('principal')
      .selectAll()
      .where((is) => is(is.fn<string>('lower', ['email']), '=', emailKey(wanted))),
  );
  if (left.length === 0) throw new AppError('notFound', `Nobody has the address ${wanted}.`);
  if (left.length === 1) return left[0]!;
  const ids = left.map((row) => `${row.id} (${row.name})`).join(', ');
  throw new AppError('invalid', `Several had the address ${wanted}; name one by the id: ${ids}.`);
}

/** A first password that nobody has to remember for long. */
export function newPassword(): string {
  return newSecret().slice(0, 16);
}

/** Lines with columns below each other; what others have written does not control the terminal. */
export function table(cells: readonly (readonly string[])[]): string {
  const rows = cells.map((row) => row.map((cell) => cell.replace(/\p{C}+/gu, ' ')));
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, [...cell].length);
  return rows
    .map((row) => row.map((cell, index) => cell.padEnd(index < row.length - 1 ? widths[index]! : 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}
