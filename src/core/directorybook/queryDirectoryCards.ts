import { sql } from 'kysely';
import { AppError } from '../../errors.ts';
import { asksForNotes, notesOfFilter } from '../card/query/noteConditions.ts';
import type { CardCondition, CardFilter, CardOrder, CardSort, TextFilter } from '../card/query/queryTypes.ts';
import type { Context } from '../context.ts';
import type { DirectoryField } from '../listing/details.ts';
import { membershipState } from '../principal/directoryState.ts';
import { mostPrincipals, principalLog } from '../principal/principalLog.ts';
import { rememberedList } from '../search/lists.ts';
import { orderBy } from '../search/order.ts';
import type { Order } from '../search/order.ts';
import { search } from '../search/search.ts';
import { textTests } from '../search/terms.ts';
import type { Place, TextTest } from '../search/terms.ts';
import { always, filterTest, never, propertiesTest, rowTest, startsWith } from '../search/tests.ts';
import type { SearchResults, Space, Sql, Test } from '../search/types.ts';
import { wordsOfTables } from '../search/words.ts';
import type { WordIndex } from '../search/words.ts';
import { directoryAccountId, mayReadDirectory } from '../sharing/directoryAccount.ts';
import { countDirectoryCards, directoryBookState, directoryChoice } from './directoryBook.ts';
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

type Build = {
  readonly context: Context;
  /** The letters that may be searched. */
  readonly fields: readonly DirectoryField[];
  readonly index: WordIndex;
  /** The private notes of who asks. */
  readonly notes: readonly Place[];
  readonly contains: TextTest;
};

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

/** The words of all of them, as far as they may be searched. */
function directoryWords(fields: readonly DirectoryField[]): WordIndex {
  return wordsOfTables(
    { tokens: sql`directory_token`, phrases: sql`directory_phrase` },
    { fields, numbers: fieldsOf.phone },
  );
}

/**
 * The people and groups of « Annuaire » that match, by the same search as cards. Errors: `invalid` (unsupportedFilter,
 * unsupportedSort) for what the directory does not know; `tooMany` for a filter of more words than can be looked for.
 */
export async function queryDirectoryCards(
  context: Context,
  filter: CardFilter | null,
  comparators: CardOrder,
): Promise<SearchResults> {
  const { db } = context;
  if (!(await mayReadDirectory(db, context))) throw new AppError('notFound', 'No such account');
  const order = orderOf(comparators);
  const fields = shownFields(context);
  const notes = await notesOfFilter(context, filter);
  const build: Build = {
    context,
    fields,
    index: directoryWords(fields),
    notes: notes.index === null ? [] : [{ index: notes.index, fields: notes.index.fields }],
    contains: textTests(),
  };
  // Who is in which group stands in no row of a card.
  const members = filter && asksForMembers(filter) ? await membershipState(db) : '';
  const choice = await directoryChoice(context);
  const key = JSON.stringify([directoryAccountId, choice, members, filter, comparators, notes.version]);
  return search(db, {
    space: spaceOf(context),
    order,
    test: filter && filterTest(filter, (condition) => conditionTest(build, condition)),
    lead: null,
    list: rememberedList(context, key, principalLog(context)),
  });
}

/** The state of a query of « Annuaire »: of a filter that looks into private notes, with the last of these. */
export async function directoryQueryState(context: Context, filter: CardFilter | null): Promise<string> {
  const state = await directoryBookState(context);
  return asksForNotes(filter) ? `${state} ${(await notesOfFilter(context, filter)).version}` : state;
}

function asksForMembers(filter: CardFilter): boolean {
  return filter.operator === null
    ? filter.condition.hasMember !== undefined
    : filter.conditions.some((part) => asksForMembers(part));
}

/** What can be sorted by, and the column of it; each has an index. */
const sorts: { readonly [Sort in CardSort]?: string } = {
  fileAs: 'file_as_key',
  created: 'created',
  // No card of the directory says when it was changed: it has stood as it is since it was made.
  updated: 'created',
  'name/given': 'given_key',
  'name/surname': 'surname_key',
};

function orderOf(comparators: CardOrder): Order {
  const unknown = comparators.find(({ property }) => sorts[property] === undefined);
  if (unknown) throw unsupported('unsupportedSort', unknown.property);
  const wanted: CardOrder = comparators.length === 0 ? [{ property: 'fileAs', isAscending: true }] : comparators;
  return orderBy(sorts as Record<CardSort, string>, wanted);
}

function unsupported(reason: 'unsupportedFilter' | 'unsupportedSort', name: string): AppError {
  return new AppError('invalid', `The directory cannot be asked for ${name}`, { reason });
}

function spaceOf(context: Context): Space {
  const shown = sql`card.is_shown = 1`;
  const within = shownGroups(context) === 'off' ? sql`${shown} AND card.kind = 'individual'` : shown;
  return {
    from: sql`directory_card AS card`,
    place: sql`1 = 1`,
    within,
    withinOrder: within,
    size: () => countDirectoryCards(context),
    most: () => mostPrincipals(context.db),
  };
}

function conditionTest(build: Build, condition: CardCondition): Test {
  return propertiesTest(condition, (name, value) => {
    const shown: Place = { index: build.index, fields: build.fields };
    if (name === 'text') return build.contains([shown], value as string);
    if (name === 'anyText') return build.contains([shown, ...build.notes], value as string);
    if (name === 'privateNote') return build.contains(build.notes, value as string);
    if (isTextFilter(name)) {
      const wanted: readonly string[] = fieldsOf[name];
      const fields = build.fields.filter((field) => wanted.includes(field));
      return fields.length === 0 ? never : build.contains([{ ...shown, fields }], value as string);
    }
    const known = conditions[name] as ((build: Build, value: unknown) => Test) | undefined;
    if (!known) throw unsupported('unsupportedFilter', name);
    return known(build, value);
  });
}

function isTextFilter(name: keyof CardCondition): name is keyof typeof fieldsOf {
  return Object.hasOwn(fieldsOf, name);
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
