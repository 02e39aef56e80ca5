import type { Card } from '../jscontact/types.ts';
import { alignKeys } from './alignKeys.ts';
import { mergeChanges } from './mergeChanges.ts';

type Draft = Partial<Card>;

/** A copy after its original has changed. */
export type Followed = {
  readonly card: Draft;
  /** The places of fields that both changed, each in their own way: they stay as the copy has them. */
  readonly conflicts: readonly string[];
};

const rules = {
  maps: ['emails', 'phones', 'addresses', 'onlineServices', 'links'],
  // Which card it is, and when and by whom it was written, is the copy's own.
  ofServer: ['@type', 'version', 'uid', 'created', 'updated', 'prodId'],
  serverIs: 'mine',
} as const;

/**
 * Carries what has changed in the original since `base` over into the copy, field by field; what was changed in the
 * copy stays.
 */
export function followChanges(base: Draft, copy: Draft, original: Draft): Followed {
  const before = alignKeys(base, copy);
  const { card, conflicts } = mergeChanges(before, copy, alignKeys(original, before), rules);
  const own = card as Record<string, unknown>;
  for (const name of rules.ofServer) if (copy[name as keyof Card] === undefined) delete own[name];
  return { card, conflicts: conflicts.map(({ field }) => field) };
}
