import { sql } from 'kysely';
import { AppError } from '../../errors.ts';
import { searchIn } from '../card/query/queryCards.ts';
import { mostTerms, startsWith, textTest } from '../card/query/queryConditions.ts';
import { orderOf } from '../card/query/queryOrder.ts';
import { placesOf } from '../card/query/queryPlaces.ts';
import type { Space } from '../card/query/queryScope.ts';
import type { WordIndex } from '../card/query/queryTerms.ts';
import { allOf, always, anyOf, never, not, rowTest } from '../card/query/queryTests.ts';
import type {
  CardCondition,
  CardFilter,
  CardOrder,
  CardResults,
  Sql,
  Test,
  TextFilter,
} from '../card/query/queryTypes.ts';
import type { Context } from '../context.ts';
import type { DirectoryField } from '../listing/details.ts';
import { directoryAccountId, mayReadDirectory } from '../sharing/directoryAccount.ts';
import { countDirectoryCards, directoryBookState } from './directoryBook.ts';
import { shownFields, shownGroups } from './directorySettings.ts';

/** What each filter of RFC 9610 §3.3.1 that looks for a text looks at; `text`: at everything that is shown. */
const fieldsOf: Readonly<Record<Exclude<TextFilter, 'text'>, readonly DirectoryField[]>> = {
  name: ['n', 'g', 's'],
  'name/given': ['g'],
  'name/surname': ['s'],
  'name/surname2': [],
  nickname: [],
  organization: ['o', 'u'],
  email: ['e'],
  phone: ['p', 'm', 'f', 'h'],
  onlineService: [],
  address: ['a'],
  note: ['b'],
};

type Build = { readonly context: Context; readonly index: WordIndex; readonly count: { left: number } };

/** One row per property of a condition that is no text; what is not here cannot be asked of the directory. */
const conditions: {
  readonly [Name in keyof CardCondition]?: (build: Build, value: NonNullable<CardCondition[Name]>) => Test;
} = {
  inAddressBook: (_build, id) => (id === directoryAccountId ? always : never),
  inAddressBooks: (_build, ids) => (ids.includes(directoryAccountId) ? always : never),
  uid: (_build, uid) => rowTest(sql`card.id = ${uid}`, sql`SELECT id FROM directory_card WHERE id = ${uid}`),
  kind: (_build, kind) => rowTest(sql`card.kind = ${kind}`, ...(kind === 'individual' ? [] : [groups(kind)])),
  hasMember: memberTest,
  // The directory has no keywords.
  hasKeyword: () => never,
  nameStartsWith: (_build, letter) =>
    startsWith(letter, (range) => sql`SELECT id FROM directory_card WHERE is_shown = 1 AND ${range}`),
};

/**
 * The people and groups of « Annuaire » that match, by the same search as cards. Errors: `invalid` (unsupportedFilter,
 * unsupportedSort) for what the directory does not know; `tooMany` for a filter of more words than can be looked for.
 */
export async function queryDirectoryCards(
  context: Context,
  filter: CardFilter | null,
  comparators: CardOrder,
): Promise<CardResults> {
  const { db } = context;
  if (!(await mayReadDirectory(db, context))) throw new AppError('notFound', 'No such account');
  const unknown = comparators.find(({ property }) => !sorts.has(property));
  if (unknown) throw unsupported('unsupportedSort', unknown.property);
  const index: WordIndex<DirectoryField> = {
    tokens: sql`directory_token`,
    phrases: sql`directory_phrase`,
    within: sql`1 = 1`,
    fields: shownFields(context),
    numbers: fieldsOf.phone,
  };
  const test = filter === null ? null : testOf({ context, index, count: { left: mostTerms } }, filter);
  // With its state in the key, what was counted before is of the same directory.
  const key = JSON.stringify([directoryAccountId, await directoryBookState(context), filter, comparators]);
  const places = placesOf(context, directoryAccountId, key);
  return searchIn(db, { space: spaceOf(context), order: orderOf(comparators), test, lead: null, places });
}

const sorts: ReadonlySet<string> = new Set(['fileAs', 'name/given', 'name/surname']);

function unsupported(reason: 'unsupportedFilter' | 'unsupportedSort', name: string): AppError {
  return new AppError('invalid', `The directory cannot be asked for ${name}`, { reason });
}

function spaceOf(context: Context): Space {
  const shown = sql`card.is_shown = 1`;
  const within = shownGroups(context) === 'off' ? sql`${shown} AND card.kind = 'individual'` : shown;
  return {
    from: sql`directory_card AS card`,
    within,
    withinList: within,
    size: () => countDirectoryCards(context),
  };
}

function testOf(build: Build, filter: CardFilter): Test {
  if (filter.operator === null) return conditionTest(build, filter.condition);
  const tests = filter.conditions.map((part) => testOf(build, part));
  if (filter.operator === 'AND') return allOf(tests);
  return filter.operator === 'OR' ? anyOf(tests) : not(anyOf(tests));
}

function conditionTest(build: Build, condition: CardCondition): Test {
  const names = Object.keys(condition) as (keyof CardCondition)[];
  return allOf(names.map((name) => propertyTest(build, condition, name)));
}

function propertyTest(build: Build, condition: CardCondition, name: keyof CardCondition): Test {
  const { index, count } = build;
  if (name === 'text') return textTest(index, index.fields, condition.text!, count);
  if (Object.hasOwn(fieldsOf, name)) {
    const wanted: readonly string[] = fieldsOf[name as Exclude<TextFilter, 'text'>];
    const shown = index.fields.filter((field) => wanted.includes(field));
    return shown.length === 0 ? never : textTest(index, shown, condition[name] as string, count);
  }
  const known = conditions[name] as ((build: Build, value: unknown) => Test) | undefined;
  if (!known) throw unsupported('unsupportedFilter', name);
  return known(build, condition[name]);
}

function groups(kind: string): Sql {
  return sql`SELECT id FROM directory_card WHERE is_shown = 1 AND kind = 'group' AND kind = ${kind}`;
}

/** The groups in which somebody is: only where groups tell their members, and of those who are shown. */
function memberTest({ context }: Build, uid: string): Test {
  if (shownGroups(context) !== 'members') return never;
  const ids = sql`SELECT group_id AS id FROM principal_member JOIN directory_card ON directory_card.id = member_id
    WHERE member_id = ${uid} AND is_shown = 1`;
  return { each: sql`card.id IN (${ids})`, all: sql`card.id IN (${ids})`, leads: [ids] };
}
