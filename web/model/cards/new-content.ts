import type { Draft } from './card-values.ts';
import { jmapProperties, without } from './jmap-properties.ts';

const givenAnew = [...jmapProperties, 'uid', 'created', 'updated'];

/** The content of a deleted card for a new one: what the server gives anew is left out. */
export function asNewContent(card: Draft): Draft {
  return without(card, givenAnew);
}
