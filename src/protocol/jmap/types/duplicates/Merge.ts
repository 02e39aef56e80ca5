import { findMerges, mergesState, queryMerges } from '../../../../core/duplicate/listMerges.ts';
import { mergeCards } from '../../../../core/duplicate/mergeCards.ts';
import { undoMerge } from '../../../../core/duplicate/undoMerge.ts';
import { invalid } from '../../../../errors.ts';
import { isObject, isStrings } from '../../../../lib/json.ts';
import type { Json } from '../../../../lib/json.ts';
import { capability, limits } from '../../capabilities.ts';
import { requireAccount } from '../../engine/define.ts';
import type { Method, Properties, TypeTable } from '../../engine/define.ts';
import { eachObject } from '../../engine/eachObject.ts';
import { getMethod } from '../../engine/getMethod.ts';
import { queryMethod } from '../../engine/queryMethod.ts';
import { setMethod } from '../../engine/setMethod.ts';
import { asText } from '../values.ts';

const serverSet = { serverSet: true } as const;

const properties = {
  id: serverSet,
  keepId: { immutable: true },
  name: serverSet,
  cards: serverSet,
  mergedAt: serverSet,
  mergedBy: serverSet,
  mergedByName: serverSet,
  undoUntil: serverSet,
} satisfies Properties;

/** What is said once and not kept. */
const wishes = {
  cardIds: { immutable: true },
  choices: { immutable: true, default: null },
  leaveOut: { immutable: true, default: null },
} satisfies Properties;

const common: TypeTable = {
  type: 'Merge',
  capability: capability.vendor,
  account: 'own',
  state: ({ context }) => mergesState(context),
};

/** The merges that can be undone. */
export const mergeGet = getMethod({
  ...common,
  properties,
  load: async ({ context }, _accountId, ids) =>
    (await findMerges(context.db, context, ids, limits.maxObjectsInGet + 1)).map((merge) => ({ ...merge })),
});

/** The merges that can be undone, newest first. */
export const mergeQuery = queryMethod<Record<never, never>, never>({
  ...common,
  filter: {},
  sort: {},
  async run({ context }) {
    const ids = async (position: number, limit: number) => (await queryMerges(context, { position, limit })).ids;
    return {
      total: async () => (await queryMerges(context, { position: 0, limit: 0 })).total,
      indexOf: async (id) => (await ids(0, Number.MAX_SAFE_INTEGER)).indexOf(id),
      slice: (offset, limit) => ids(offset, limit ?? Number.MAX_SAFE_INTEGER),
    };
  },
});

/** Makes one card of several; destroying is undoing. */
export const mergeSet = setMethod({
  ...common,
  properties: { ...properties, ...wishes },
  async create({ call: { context } }, value) {
    const { keepId, cardIds, choices, leaveOut } = value;
    const id = await mergeCards(context, {
      keepId: asText('keepId', keepId),
      cardIds: readIds(cardIds),
      choices: readChoices(choices),
      leaveOut: readLeaveOut(leaveOut),
    });
    const [merge] = await findMerges(context.db, context, [id]);
    return { ...merge!, id };
  },
  async destroy({ call: { context } }, id) {
    await undoMerge(context, id);
  },
});

/** Undoes merges, and tells what somebody edited since and was kept. */
export const mergeUndo: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'ids'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'own');
    const ids = args.ids('ids');
    // The newest first: what was merged twice comes apart in the order in which it went together.
    const real = ids.map((id) => (id.startsWith('#') ? (call.createdIds.get(id.slice(1)) ?? id) : id));
    const newestFirst = real.sort().reverse();
    const { done, failed } = await eachObject(call, newestFirst, (inside, id) => undoMerge(inside.context, id));
    return { accountId, undone: Object.fromEntries(done), notUndone: Object.fromEntries(failed) };
  },
};

function readIds(value: Json | undefined): readonly string[] {
  if (!isStrings(value)) throw invalid('cardIds', 'cardIds lists the ids of the other cards');
  return value;
}

function readChoices(value: Json | undefined): Record<string, string> {
  if (value === null || value === undefined) return {};
  if (!isObject(value) || !isStrings(Object.values(value)))
    throw invalid('choices', 'choices maps a field to the id of the card that says it');
  return value as Record<string, string>;
}

function readLeaveOut(value: Json | undefined): Record<string, readonly Json[]> {
  if (value === null || value === undefined) return {};
  if (!isObject(value) || !Object.values(value).every(Array.isArray))
    throw invalid('leaveOut', 'leaveOut maps a property to a list of its entries');
  return value as Record<string, readonly Json[]>;
}
