import { sql } from 'kysely';
import { spelled } from '../../db/dialect.ts';
import { foldText } from '../../lib/fold.ts';
import type { Context } from '../context.ts';
import { isWhole } from '../scope.ts';
import { rememberedList } from '../search/lists.ts';
import { orderBy } from '../search/order.ts';
import { search } from '../search/search.ts';
import { anyOf, filterTest, isAmong, never, propertiesTest, rowTest } from '../search/tests.ts';
import type { Filter, SearchResults, Sql, Test } from '../search/types.ts';
import { findableBy } from './findable.ts';
import { mostPrincipals, principalLog } from './principalLog.ts';
import { normalize } from '../../lib/unicode/normalize.ts';

/** One condition on people and groups (RFC 9670 §2.4.1): what is looked for is contained, `type` and `timeZone` are equal. */
export type PrincipalCondition = {
  /** Those whose accounts these are, as far as the person may know. */
  readonly accountIds?: readonly string[];
  readonly email?: string;
  readonly name?: string;
  readonly text?: string;
  readonly type?: string;
  readonly timeZone?: string;
};

/** Conditions joined by operators. */
export type PrincipalFilter = Filter<PrincipalCondition>;

/** What is looked for, by name up or down, and the accounts that the person may read. */
export type PrincipalSearch = {
  readonly filter: PrincipalFilter | null;
  readonly isAscending: boolean;
  readonly readable: ReadonlySet<string>;
};

/** Those of the directory that the person may see and that match, by name. */
export async function queryPrincipals(context: Context, wanted: PrincipalSearch): Promise<SearchResults> {
  const { db, actor } = context;
  const { filter, isAscending, readable } = wanted;
  const within = findableBy(actor, 'card');
  const known = filter && JSON.stringify(filter).includes('"accountIds":') ? [...readable].sort() : [];
  const key = JSON.stringify(['principals', await viewer(context), filter, known, isAscending]);
  return search(db, {
    space: {
      from: sql`principal AS card`,
      place: sql`1 = 1`,
      within,
      withinOrder: within,
      most: () => mostPrincipals(db),
    },
    order: orderBy({ name: 'name_key' }, [{ property: 'name', isAscending }]),
    test: filter
      ? filterTest(filter, (condition) =>
          propertiesTest(condition, (name, value) =>
            (conditions[name] as (value: unknown, readable: ReadonlySet<string>) => Test)(value, readable),
          ),
        )
      : null,
    // Whoever finds nobody but themselves is found at once.
    lead: actor.isGuest || !isWhole(actor) ? sql`SELECT id FROM principal WHERE id = ${actor.principalId}` : null,
    list: rememberedList(context, key, principalLog(context)),
  });
}

/** Everybody finds the same, but for those who are not listed: they find themselves, too. */
async function viewer({ db, actor }: Context): Promise<string> {
  const row = await db.first(db.build.selectFrom('principal').select('is_listed').where('id', '=', actor.principalId));
  return row?.is_listed === 1 ? '' : actor.principalId;
}

/** One row per property of a condition. */
const conditions: {
  readonly [Name in keyof PrincipalCondition]-?: (
    value: NonNullable<PrincipalCondition[Name]>,
    readable: ReadonlySet<string>,
  ) => Test;
} = {
  accountIds(accountIds, readable) {
    const ids = accountIds.filter((id) => readable.has(id));
    return rowTest(isAmong(sql`card.id`, ids), sql`SELECT id FROM principal WHERE ${isAmong(sql`id`, ids)}`);
  },
  email: inEmail,
  name: inName,
  text: (text) => anyOf([inName(text), inEmail(text), contains('description', text)]),
  type: (type) => rowTest(sql`card.kind = ${type}`),
  timeZone: (timeZone) => rowTest(sql`coalesce(card.time_zone, '') = ${timeZone}`),
};

/** Names are compared without regard to accents; what has nothing but marks in it (« ´ ») is in none. */
function inName(text: string): Test {
  const folded = foldText(text);
  return text !== '' && folded === '' ? never : contains('name_key', folded);
}

function inEmail(text: string): Test {
  return contains('email', normalize(text, 'NFC'));
}

/** Case means nothing in ASCII, which is how databases compare without help. */
function contains(column: 'name_key' | 'email' | 'description', text: string): Test {
  const named = sql`coalesce(${sql.ref(`card.${column}`)}, '')`;
  return rowTest(sql`${named} LIKE ${patternFor(text)} ESCAPE '\\'`, ...leadsTo(column, text));
}

function patternFor(text: string): string {
  return `%${text.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`;
}

/** Shorter than the parts that the index knows leads nowhere. */
const shortest = 3;

/** Those in whose column it is, and perhaps others: the index takes É for é, too. */
function leadsTo(column: string, text: string): Sql[] {
  if ([...text].length < shortest || text.includes('\0')) return [];
  const phrase = `${column} : "${text.replaceAll('"', '""')}"`;
  return [
    spelled({
      sqlite: sql`SELECT principal_id AS id FROM principal_text
        WHERE number IN (SELECT rowid FROM principal_trigram WHERE principal_trigram MATCH ${phrase})`,
      postgres: sql`SELECT id FROM principal WHERE ${sql.ref(column)} LIKE ${patternFor(text)} ESCAPE '\\'`,
    }),
  ];
}
