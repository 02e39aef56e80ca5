import type { Writer } from '../../db/database.ts';
import type { PrincipalRow } from '../../db/schema.ts';
import { foldWords } from '../../lib/fold.ts';

/** The words by which a person or group is found: those of the name and of the address, and the address as a whole. */
export function principalTokens(principal: Pick<PrincipalRow, 'name' | 'email_key'>): string[] {
  const words = foldWords(principal.name);
  if (principal.email_key !== null) words.push(...foldWords(principal.email_key), principal.email_key);
  return [...new Set(words)];
}

/** Makes the tokens of one principal what they should be; the only writer of the table. */
export async function writeTokens(writer: Writer, principal: PrincipalRow): Promise<void> {
  await writer.run(writer.build.deleteFrom('principal_token').where('principal_id', '=', principal.id));
  const rows = principalTokens(principal).map((token) => ({ token, principal_id: principal.id }));
  if (rows.length > 0) await writer.run(writer.build.insertInto('principal_token').values(rows));
}
