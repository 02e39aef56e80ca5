import type { Writer } from '../../db/database.ts';
import type { PrincipalRow, Schema } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import { foldWords } from '../../lib/fold.ts';
import { emailKey } from './emailKey.ts';
import { principalNameKey } from './nameKey.ts';

/** The words by which a person or group is found: those of the name and of the addresses, and each address as a whole. */
function principalTokens({ name, email }: Named, aliases: readonly string[]): string[] {
  const words = foldWords(name);
  for (const address of email === null ? aliases : [email, ...aliases]) {
    const key = emailKey(address);
    words.push(...foldWords(key), key);
  }
  return [...new Set(words)];
}

type Named = Pick<PrincipalRow, 'name' | 'email'>;

/** Makes the tokens of one principal what they should be; the only writer of the table. */
export async function writeTokens(
  writer: Writer,
  principal: Named & { readonly id: string },
  aliases: readonly string[] = [],
): Promise<void> {
  const wanted = principalTokens(principal, aliases);
  const nameKey = principalNameKey(principal.name);
  const present = await writer.all(tokensOf(writer, { id: principal.id }));
  const known = new Set(present.filter((row) => row.name_key === nameKey).map((row) => row.token));
  if (known.size === present.length && known.size === wanted.length && wanted.every((token) => known.has(token)))
    return;
  if (present.length > 0) await writer.run(forgetTokens(writer, { id: principal.id }));
  const rows = wanted.map((token) => ({ token, name_key: nameKey, principal_id: principal.id }));
  if (rows.length > 0) await writer.run(insertTokens(writer, { rows }));
}

const tokensOf = statement((build, value: { id: string }) =>
  build.selectFrom('principal_token').select(['token', 'name_key']).where('principal_id', '=', value.id),
);
const forgetTokens = statement((build, value: { id: string }) =>
  build.deleteFrom('principal_token').where('principal_id', '=', value.id),
);
const insertTokens = statement((build, value: { rows: readonly Schema['principal_token'][] }) =>
  build.insertInto('principal_token').values(value.rows),
);
