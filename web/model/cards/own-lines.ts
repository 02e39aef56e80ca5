import type { JCardProp, PartialDate } from '../../../src/format/jscontact/types.ts';
import { displayLabel } from '../../../src/format/jscontact/names.ts';
import type { Draft } from './card-values.ts';

// JSContact has no word for a date or a text of one's own, nor for the label of an address. vCard has one that Apple's
// and Android's programs know: a line and an X-ABLabel in its group (RFC 9555 keeps both in vCardProps).

/** A line that its group ties to a label. */
export interface OwnLine {
  readonly label: string;
  readonly value: string;
  readonly params: Readonly<Record<string, string | readonly string[]>>;
}

/** The vCard names of the lines that have fields. */
export const ownNames = { otherDates: 'x-abdate', customFields: 'x-coterie-field' } as const;

const labelName = 'x-ablabel';

function groupOf([, params]: JCardProp): string | undefined {
  const { group } = params;
  return typeof group === 'string' ? group : undefined;
}

function labelIn(props: readonly JCardProp[], group: string): string {
  const line = props.find((prop) => prop[0] === labelName && groupOf(prop) === group);
  return typeof line?.[3] === 'string' ? displayLabel(line[3]) : '';
}

/** The lines of a name with their labels, by their groups; what stands in no group has no field. */
export function linesOf({ vCardProps = [] }: Draft, name: string): [string, OwnLine][] {
  return vCardProps.flatMap((prop): [string, OwnLine][] => {
    const group = groupOf(prop);
    const value = prop[3];
    if (prop[0] !== name || group === undefined || typeof value !== 'string') return [];
    const { group: _group, ...params } = prop[1];
    return [[group, { label: labelIn(vCardProps, group), value, params }]];
  });
}

/** The card with another line in a group; undefined removes it, with its label. */
export function writeLine(card: Draft, name: string, group: string, line: OwnLine | undefined): Draft {
  const props = card.vCardProps ?? [];
  const at = props.findIndex((prop) => prop[0] === name && groupOf(prop) === group);
  const written: JCardProp[] = line ? [[name, { ...line.params, group }, 'unknown', line.value]] : [];
  const changed = at < 0 ? [...props, ...written] : props.toSpliced(at, 1, ...written);
  return writeLabel(withProps(card, changed), group, line?.label ?? '');
}

/** The label of whatever stands in a group. */
export function labelOfGroup({ vCardProps = [] }: Draft, group: string): string {
  return labelIn(vCardProps, group);
}

/** The card with another label for a group; an empty one removes it. */
export function writeLabel(card: Draft, group: string, label: string): Draft {
  const props = card.vCardProps ?? [];
  if (labelIn(props, group) === label && (label !== '' || !props.some((prop) => isLabel(prop, group)))) return card;
  const at = props.findIndex((prop) => isLabel(prop, group));
  const written: JCardProp[] = label === '' ? [] : [[labelName, { group }, 'unknown', label]];
  return withProps(card, at < 0 ? [...props, ...written] : props.toSpliced(at, 1, ...written));
}

function isLabel(prop: JCardProp, group: string): boolean {
  return prop[0] === labelName && groupOf(prop) === group;
}

function withProps(card: Draft, vCardProps: readonly JCardProp[]): Draft {
  if (vCardProps.length > 0) return { ...card, vCardProps };
  const { vCardProps: _none, ...others } = card;
  return others;
}

/** A group that nothing in the card is in. */
export function freeGroup(card: Draft, prefix: string): string {
  const text = JSON.stringify(card);
  for (let number = 1; ; number += 1) if (!text.includes(`"${prefix}${number}"`)) return `${prefix}${number}`;
}

/** Whether a line of the card is shown by a field, or labels what is. */
export function hasField(card: Draft, prop: JCardProp): boolean {
  const group = groupOf(prop);
  if (group === undefined) return false;
  if (Object.values(ownNames).some((name) => name === prop[0])) return typeof prop[3] === 'string';
  if (prop[0] !== labelName) return false;
  const isOfAddress = Object.values(card.addresses ?? {}).some(({ vCardParams }) => vCardParams?.['group'] === group);
  return isOfAddress || Object.values(ownNames).some((name) => linesOf(card, name).some(([other]) => other === group));
}

// Apple's programs know no date without its year but of this one, marked as meant to be left out.
const noYear = '1604';
const omitted = 'x-apple-omit-year';

/** The date of a line, as a device wrote it. */
export function dateOfLine({ value, params }: OwnLine): PartialDate {
  const match = /^(\d{4}|--)-?(\d{2})?(?:-?(\d{2}))?/.exec(value.trim());
  if (!match) return {};
  const [, year = '', month, day] = match;
  const hasYear = year !== '--' && !(omitted in params && year === noYear);
  return {
    ...(hasYear ? { year: Number(year) } : {}),
    ...(month ? { month: Number(month) } : {}),
    ...(day ? { day: Number(day) } : {}),
  };
}

/** A line with another date; the month that is not chosen yet is written as one that there is not. */
export function withDate(line: OwnLine, { year, month, day }: PartialDate): OwnLine {
  const { [omitted]: _omitted, ...params } = line.params;
  const parts = day === undefined ? [month] : [month ?? 0, day];
  const rest = parts.map((part) => (part === undefined ? '' : `-${String(part).padStart(2, '0')}`)).join('');
  if (year !== undefined) return { ...line, params, value: `${String(year).padStart(4, '0')}${rest}` };
  if (rest === '') return { ...line, params, value: '' };
  return { ...line, params: { ...params, [omitted]: noYear }, value: noYear + rest };
}
