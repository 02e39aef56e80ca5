import { unescapeText } from './text.ts';
import type { VCard, VCardLine } from './types.ts';

/** Whether a text is the one that is looked for. */
export type TextTest = (text: string) => boolean;

/** A condition on a parameter of a property: absent, present, or one of its values fits (RFC 6352 §10.5.2). */
export type ParamFilter = { readonly name: string; readonly test: 'absent' | 'present' | TextTest };

/** A condition on the properties of one name (RFC 6352 §10.5.1). */
export type PropFilter = {
  /** In capitals. */
  readonly name: string;
  /** In capitals; null: any group or none. */
  readonly group: string | null;
  readonly isAbsent: boolean;
  /** Whether all conditions must hold, or one. */
  readonly all: boolean;
  readonly texts: readonly TextTest[];
  readonly params: readonly ParamFilter[];
};

/** Which cards are wanted (RFC 6352 §10.5). Without conditions: all of them. */
export type CardFilter = { readonly all: boolean; readonly props: readonly PropFilter[] };

/** Whether a card is wanted. The conditions on a property hold together for one and the same line. */
export function matchesFilter(card: VCard, { all, props }: CardFilter): boolean {
  if (props.length === 0) return true;
  const fits = (filter: PropFilter) => matchesProp(card.lines, filter);
  return all ? props.every(fits) : props.some(fits);
}

// RFC 6350 §6.1.4 and §6.6.5 in 4.0, Apple's in 3.0: a program asks by the name that it is given, in whichever version it is kept.
const ofGroups = [
  ['KIND', 'X-ADDRESSBOOKSERVER-KIND'],
  ['MEMBER', 'X-ADDRESSBOOKSERVER-MEMBER'],
] as const;
const otherNames: ReadonlyMap<string, string> = new Map(
  ofGroups.flatMap(([modern, apple]): [string, string][] => [
    [modern, apple],
    [apple, modern],
  ]),
);

function matchesProp(lines: readonly VCardLine[], filter: PropFilter): boolean {
  const other = otherNames.get(filter.name);
  const isMeant = (line: VCardLine) =>
    isNamed(line, filter) || (other !== undefined && isNamed(line, { ...filter, name: other }));
  const named = lines.filter(isMeant);
  if (filter.isAbsent) return named.length === 0;
  if (filter.texts.length === 0 && filter.params.length === 0) return named.length > 0;
  return named.some((line) => matchesLine(line, filter));
}

function isNamed(line: VCardLine, { name, group }: PropFilter): boolean {
  if (line.name.length !== name.length || line.name.toUpperCase() !== name) return false;
  return group === null || line.group?.toUpperCase() === group;
}

function matchesLine(line: VCardLine, { all, texts, params }: PropFilter): boolean {
  const value = texts.length === 0 ? '' : unescapeText(line.value);
  const results = [
    ...texts.map((test) => () => test(value)),
    ...params.map((param) => () => matchesParam(line, param)),
  ];
  return all ? results.every((holds) => holds()) : results.some((holds) => holds());
}

function matchesParam(line: VCardLine, { name, test }: ParamFilter): boolean {
  const given = line.params.filter((param) => param.name.toUpperCase() === name).flatMap(({ values }) => values);
  if (test === 'absent') return given.length === 0;
  if (test === 'present') return given.length > 0;
  // TYPE="voice,home" is one quoted value of two types (RFC 6350 §6.4.1): each is tried, and the whole.
  return given.some((value) => test(value) || (value.includes(',') && value.split(',').some(test)));
}
