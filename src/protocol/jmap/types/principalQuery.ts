import type { Context } from '../../../core/context.ts';
import { searchPrincipals } from '../../../core/principal/searchPrincipals.ts';
import { readableAccounts } from '../accounts.ts';
import { asString, asStrings } from '../engine/filter.ts';
import type { Filter, FilterTable } from '../engine/filter.ts';
import { resultsOf } from '../engine/queryMethod.ts';
import type { Query, Results } from '../engine/queryMethod.ts';

type Search = Omit<Parameters<typeof searchPrincipals>[1], 'position' | 'limit'>;
type Principal = Awaited<ReturnType<typeof searchPrincipals>>['principals'][number];

/** RFC 9670 §2.4.1. */
export type PrincipalCondition = {
  readonly accountIds?: readonly string[];
  readonly email?: string;
  readonly name?: string;
  readonly text?: string;
  readonly type?: string;
  readonly timeZone?: string;
};

/** What Principals can be filtered by. */
export const principalFilter: FilterTable<PrincipalCondition> = {
  accountIds: { read: asStrings },
  email: { read: asString },
  name: { read: asString },
  text: { read: asString },
  type: { read: asString },
  timeZone: { read: asString },
};

const pageSize = 1000;

/** Looks for people and groups, by name. What the index of words can answer is left to it. */
export async function runPrincipalQuery(
  context: Context,
  { filter, sort }: Query<PrincipalCondition, 'name'>,
): Promise<Results> {
  const search = sort.every((comparator) => comparator.isAscending) ? asSearch(filter) : null;
  if (search) return searchResults(context, search);
  const readable = new Set([context.actor.principalId, ...(await readableAccounts(context)).keys()]);
  const matching = (await allOf(context, {})).filter(
    (principal) => filter === null || matches(filter, principal, readable),
  );
  if (sort[0]?.isAscending === false) matching.reverse();
  return resultsOf(matching.map(({ id }) => id));
}

/** The filter as a search of the index; null when it asks for more than that can do. */
function asSearch(filter: Filter<PrincipalCondition> | null): Search | null {
  if (filter === null) return {};
  if (filter.operator !== null) return null;
  const { accountIds, timeZone, type, ...rest } = filter.condition;
  if (accountIds !== undefined || timeZone !== undefined) return null;
  if (type === undefined) return rest;
  return type === 'individual' || type === 'group' ? { ...rest, type } : null;
}

function searchResults(context: Context, search: Search): Results {
  return {
    total: async () => (await searchPrincipals(context, { ...search, position: 0, limit: 1 })).total,
    indexOf: async (id) => (await allOf(context, search)).findIndex((principal) => principal.id === id),
    slice: async (position, limit) =>
      (await searchPrincipals(context, { ...search, position, limit: limit ?? pageSize })).principals.map(
        ({ id }) => id,
      ),
  };
}

async function allOf(context: Context, search: Search): Promise<Principal[]> {
  const all: Principal[] = [];
  for (;;) {
    const { principals } = await searchPrincipals(context, { ...search, position: all.length, limit: pageSize });
    all.push(...principals);
    if (principals.length < pageSize) return all;
  }
}

function matches(filter: Filter<PrincipalCondition>, principal: Principal, readable: ReadonlySet<string>): boolean {
  if (filter.operator === null) return fits(filter.condition, principal, readable);
  const each = (part: Filter<PrincipalCondition>) => matches(part, principal, readable);
  if (filter.operator === 'AND') return filter.conditions.every(each);
  return filter.operator === 'OR' ? filter.conditions.some(each) : !filter.conditions.some(each);
}

function fits(condition: PrincipalCondition, principal: Principal, readable: ReadonlySet<string>): boolean {
  const { accountIds, email, name, text, type, timeZone } = condition;
  const contains = (value: string | null, part: string | undefined) =>
    part === undefined || (value ?? '').toLocaleLowerCase().includes(part.toLocaleLowerCase());
  return (
    (accountIds === undefined || (accountIds.includes(principal.id) && readable.has(principal.id))) &&
    contains(principal.email, email) &&
    contains(principal.name, name) &&
    contains(`${principal.name}\n${principal.email ?? ''}\n${principal.description ?? ''}`, text) &&
    (type === undefined || principal.kind === type) &&
    (timeZone === undefined || principal.time_zone === timeZone)
  );
}
