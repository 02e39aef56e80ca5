import type { Duplicate } from '../../../../core/duplicate/clusters.ts';
import { dismissDuplicate, duplicatesState, findDuplicates } from '../../../../core/duplicate/findDuplicates.ts';
import { notFound } from '../../../../errors.ts';
import type { Json, JsonObject } from '../../../../lib/json.ts';
import { capability } from '../../capabilities.ts';
import type { Properties, TypeTable } from '../../engine/define.ts';
import { fitsFilter } from '../../engine/filter.ts';
import { getMethod } from '../../engine/getMethod.ts';
import { queryMethod, resultsOf } from '../../engine/queryMethod.ts';
import { setMethod } from '../../engine/setMethod.ts';
import { asBoolean } from '../values.ts';

const serverSet = { serverSet: true } as const;

const properties = {
  id: serverSet,
  isCertain: serverSet,
  reasons: serverSet,
  cards: serverSet,
  keepId: serverSet,
  isDismissed: {},
} satisfies Properties;

const common: TypeTable = {
  type: 'Duplicate',
  capability: capability.vendor,
  account: 'own',
  state: ({ context }) => duplicatesState(context),
};

/** Contacts that are one person's, as far as the server can tell. */
export const duplicateGet = getMethod({
  ...common,
  properties,
  async load({ context }, _accountId, ids) {
    const { duplicates } = await findDuplicates(context);
    const wanted = ids === null ? null : new Set(ids);
    return duplicates.filter(({ id }) => wanted?.has(id) ?? true).map(toJson);
  },
});

type Condition = { isCertain?: boolean; isDismissed?: boolean };

/** Certain ones first, then by name; those that were dismissed are at the end. */
export const duplicateQuery = queryMethod<Condition, never>({
  ...common,
  filter: { isCertain: { read: asTruth }, isDismissed: { read: asTruth } },
  sort: {},
  async run({ context }, _accountId, { filter }) {
    const { duplicates } = await findDuplicates(context);
    return resultsOf(
      duplicates.filter((one) => fitsFilter(filter, (condition) => fits(condition, one))).map(({ id }) => id),
    );
  },
});

/** « Ce ne sont pas des doublons ». */
export const duplicateSet = setMethod({
  ...common,
  properties,
  async update({ call: { context } }, id, patch) {
    const { duplicates } = await findDuplicates(context);
    const duplicate = duplicates.find((one) => one.id === id);
    if (!duplicate) throw notFound('duplicate');
    const { next } = patch.apply(toJson(duplicate));
    const isDismissed = asBoolean('isDismissed', next['isDismissed']);
    if (isDismissed !== duplicate.isDismissed) await dismissDuplicate(context, id, isDismissed);
    return null;
  },
});

function toJson({ id, isCertain, reasons, cards, keepId, isDismissed }: Duplicate): JsonObject {
  const told = cards.map((card) => ({ id: card.id, accountId: card.accountId, addressBookId: card.bookId }));
  return { id, isCertain, reasons, cards: told, keepId, isDismissed };
}

function fits({ isCertain, isDismissed }: Condition, one: Duplicate): boolean {
  return (
    (isCertain === undefined || isCertain === one.isCertain) &&
    (isDismissed === undefined || isDismissed === one.isDismissed)
  );
}

function asTruth(value: Json): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
