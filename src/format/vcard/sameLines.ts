import type { VCard, VCardLine } from './types.ts';

/** Whether two cards say the same line by line, however they are folded. */
export function sameLines(one: VCard, other: VCard): boolean {
  return (
    one.version === other.version &&
    one.lines.length === other.lines.length &&
    one.lines.every((line, index) => sameLine(line, other.lines[index]!))
  );
}

function sameLine(one: VCardLine, other: VCardLine): boolean {
  return (
    one.value === other.value &&
    one.name === other.name &&
    one.group === other.group &&
    one.params.length === other.params.length &&
    one.params.every(({ name, values }, index) => {
      const param = other.params[index]!;
      return (
        name === param.name &&
        values.length === param.values.length &&
        values.every((value, place) => value === param.values[place])
      );
    })
  );
}
