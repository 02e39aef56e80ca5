import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { statement } from '../../db/statement.ts';
import { isDirectoryLost } from '../change/lostNumbers.ts';
import type { Log } from '../search/lists.ts';
import type { Context } from '../context.ts';
import { directoryVersion } from './directoryState.ts';

/** Which people and groups changed, for lists of them that are remembered: each keeps the newest of its changes. */
export function principalLog(context: Context): Log {
  const { db } = context;
  return {
    newest: () => directoryVersion(context),
    async since(version, most) {
      if (await isDirectoryLost(db, version)) return null;
      const rows = await db.all(changedSince(db, { version, limit: most + 1 }));
      return rows.length > most ? null : rows.map((row) => row.principal_id);
    },
  };
}

const changedSince = statement((build, value: { version: number; limit: number }) =>
  build
    .selectFrom('principal_change')
    .select('principal_id')
    .where('changed_in', '>', value.version)
    .orderBy('changed_in')
    .limit(value.limit),
);

/** How many people and groups there ever were: no fewer than there are. */
export async function mostPrincipals(reader: Reader): Promise<number> {
  return (await reader.first(newestNumber(reader, {})))?.most ?? 0;
}

const newestNumber = statement((build, _values: object) =>
  sql<{ most: number | null }>`SELECT max(number) AS most FROM principal_text`.compile(build),
);
