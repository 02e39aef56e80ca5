import { fullName } from './names.ts';
import type { Card, Name } from './types.ts';

type Draft = Partial<Card>;

/** A full name that was made of the parts follows them; separators hold only for the parts that they stood between. */
export function withFullName(before: Draft, after: Draft): Draft {
  const { name } = after;
  if (!name?.components) {
    if (!name) return after;
    const { name: _name, ...others } = after;
    return others;
  }
  const { full: _full, isOrdered, defaultSeparator, ...rest } = name;
  const isSameShape = before.name?.components?.length === name.components.length;
  const ordered: Name = isSameShape
    ? { ...rest, ...(isOrdered ? { isOrdered } : {}), ...(defaultSeparator ? { defaultSeparator } : {}) }
    : { ...rest, components: name.components.filter(({ kind }) => kind !== 'separator') };
  return { ...after, name: { ...ordered, full: fullName(ordered) } };
}

/** A key that an id map does not have yet (RFC 9553 §1.4.1). */
export function freeKey(map: object | undefined, prefix: string): string {
  for (let number = 1; ; number += 1) if (!map || !(`${prefix}${number}` in map)) return `${prefix}${number}`;
}
