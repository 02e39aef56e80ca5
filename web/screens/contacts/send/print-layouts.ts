import type { ContactCard } from '../../../../client/src/types.ts';
import { byPreference, contentOf } from '../../../model/cards/card-summary.ts';
import { addressText } from '../../../model/cards/card-values.ts';

/** A list of more is better exported. */
export const mostPrinted = 5_000;

/** What can be printed of some contacts. */
export const layouts = ['cards', 'list', 'labels'] as const;

/** One of these. */
export type Layout = (typeof layouts)[number];

const always = ['fileAs', 'name', 'kind', 'organizations', 'titles'];

/** What a layout needs of a card. */
export function propertiesOf(layout: Layout): readonly string[] {
  if (layout === 'labels') return [...always, 'addresses'];
  if (layout === 'list') return [...always, 'emails', 'phones', 'addresses'];
  return [...always, 'nicknames', 'emails', 'phones', 'addresses', 'links', 'anniversaries', 'notes'];
}

/** The lines of the preferred postal address. */
export function addressLines(card: ContactCard): readonly string[] {
  const [first] = byPreference(contentOf(card).addresses);
  return first ? addressText(first[1]).filter((line) => line.trim() !== '') : [];
}

/** Whether a letter can be sent there. */
export function withAddress(card: ContactCard): boolean {
  return addressLines(card).length > 0;
}
