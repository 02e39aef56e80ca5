import { mergeChanges, type MergedCard } from '../../../src/format/merging/mergeChanges.ts';
import { repeatedFields } from '../../fields.ts';
import type { Draft } from './card-values.ts';
import { jmapProperties } from './jmap-properties.ts';

const rules = {
  maps: repeatedFields.map(({ property }): string => property),
  // What the server writes: nobody's changes are in it.
  ofServer: [...jmapProperties, 'uid', 'created', 'updated', 'prodId', 'version', '@type'],
  serverIs: 'theirs',
} as const;

/** Puts two people's changes of one card together, field by field. */
export function mergeCards(base: Draft, mine: Draft, theirs: Draft): MergedCard {
  return mergeChanges(base, mine, theirs, rules);
}
