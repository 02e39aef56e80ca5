import { orderBy } from '../../search/order.ts';
import type { Order } from '../../search/order.ts';
import type { CardOrder, CardSort } from './queryTypes.ts';

const columns = {
  fileAs: 'file_as_key',
  created: 'created',
  updated: 'updated',
  'name/given': 'given_key',
  'name/surname': 'surname_key',
  'name/surname2': 'surname2_key',
} as const satisfies Record<CardSort, string>;

/** The order of cards by these comparators; without any, by what they are filed as. */
export function cardOrder(comparators: CardOrder): Order {
  return orderBy(columns, comparators.length === 0 ? [{ property: 'fileAs', isAscending: true }] : comparators);
}
