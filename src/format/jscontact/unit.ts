import type { Row } from './codecs/row.ts';
import type { Json } from './types.ts';

/** A part of the Card that lines represent: `name`, `emails/x`, `keywords`. Its id is its JSON pointer. */
export type Unit = {
  readonly id: string;
  readonly parts: readonly string[];
  readonly row: Row;
  value: Json;
  readonly group: string | null;
  readonly sources: number[];
};
