import type {
  Address,
  AddressComponent,
  Anniversary,
  Card,
  PartialDate,
  Phone,
  StringSet,
} from '../../../src/format/jscontact/types.ts';
import { freeKey, withFullName } from '../../../src/format/jscontact/edited.ts';
import { addressLines, type contexts, type FirstEntry, phoneKinds, type Step } from '../../fields.ts';
import { byPreference } from './card-summary.ts';

type JsonObject = Readonly<Record<string, unknown>>;

type ComponentStep = Extract<Step, { readonly component: string }>;

/** The content of a card while it is edited. */
export type Draft = Partial<Card>;

interface Component {
  readonly kind: string;
  readonly value: string;
  readonly phonetic?: string;
}

/** The text at the end of a path; empty when there is none. */
export function readText(card: Draft, path: readonly Step[]): string {
  const value = path.reduce<unknown>(stepInto, card);
  return typeof value === 'string' ? value : '';
}

function stepInto(value: unknown, step: Step): unknown {
  if (value === undefined || value === null) return undefined;
  if (typeof step === 'string') return (value as JsonObject)[step];
  if ('at' in step) return (value as readonly unknown[])[step.at];
  if ('component' in step) return partOfKind(value as readonly Component[], step);
  const key = keyOfFirst(value as JsonObject, step);
  return key === undefined ? undefined : (value as JsonObject)[key];
}

function partOfKind(components: readonly Component[], { component, part }: ComponentStep): string {
  if (!part) return textOfKind(components, [component]);
  return components.find(({ kind }) => kind === component)?.[part] ?? '';
}

function textOfKind(components: readonly Component[], kinds: readonly string[]): string {
  return components
    .filter((component) => kinds.includes(component.kind))
    .map((component) => component.value)
    .join(' ');
}

/** The key of the entry that a field shows. */
export function keyOfFirst(map: JsonObject, { kinds }: FirstEntry): string | undefined {
  const entries = byPreference(map as Readonly<Record<string, { readonly pref?: number; readonly kind?: string }>>);
  return entries.find(([, entry]) => !kinds || kinds.includes(entry.kind))?.[0];
}

/** The card with a text at the end of a path; an empty text removes it, and what becomes empty around it. */
export function writeText(card: Draft, path: readonly Step[], text: string): Draft {
  const written = (write(card, path, text) ?? {}) as Draft;
  return path[0] === 'name' && path[1] === 'components' ? withFullName(card, written) : written;
}

function write(value: unknown, [step, ...rest]: readonly Step[], text: string): unknown {
  if (step === undefined) return text === '' ? undefined : text;
  if (typeof step === 'string')
    return withProperty(
      (value ?? {}) as JsonObject,
      step,
      write((value as JsonObject | undefined)?.[step], rest, text),
    );
  if ('component' in step) return withPart((value ?? []) as readonly Component[], step, text);
  if ('at' in step) return withItem((value ?? []) as readonly unknown[], step.at, (item) => write(item, rest, text));
  const map = (value ?? {}) as JsonObject;
  const key = keyOfFirst(map, step) ?? freeKey(map, step.first);
  const entry = write(map[key] ?? step.fixed, rest, text) as JsonObject | undefined;
  const isKept = entry !== undefined && step.needs.some((need) => need in entry);
  return withProperty(map, key, isKept ? entry : undefined);
}

/** An object with a property, or without it; undefined when nothing is left. */
function withProperty(object: JsonObject, name: string, value: unknown): JsonObject | undefined {
  const { [name]: _old, ...others } = object;
  const changed =
    value === undefined ? others : name in object ? { ...object, [name]: value } : { ...others, [name]: value };
  return Object.keys(changed).length > 0 ? changed : undefined;
}

function withItem(
  list: readonly unknown[],
  at: number,
  change: (item: unknown) => unknown,
): readonly unknown[] | undefined {
  const item = change(list[at]);
  const changed = item === undefined ? list.toSpliced(at, 1) : list.toSpliced(at, 1, item);
  return changed.length > 0 ? changed : undefined;
}

/** The text of a component, or how its first is spoken. */
function withPart(
  components: readonly Component[],
  { component, part }: ComponentStep,
  text: string,
): readonly Component[] | undefined {
  if (!part) return withComponent(components, [component], text);
  const at = components.findIndex(({ kind }) => kind === component);
  const old = components[at];
  if (!old) return components.length > 0 ? components : undefined;
  const { [part]: _part, ...silent } = old;
  return components.toSpliced(at, 1, text === '' ? silent : { ...silent, [part]: text });
}

const order = ['title', 'given', 'given2', 'surname', 'surname2', 'generation', 'credential'];

/** The first kind is what a new text gets; all of them together are what it replaces. */
function withComponent(
  components: readonly Component[],
  kinds: readonly string[],
  text: string,
): readonly Component[] | undefined {
  const isMine = (component: Component) => kinds.includes(component.kind);
  const at = components.findIndex(isMine);
  const others = components.filter((component) => !isMine(component));
  if (text === '') return others.length > 0 ? others : undefined;
  const [kind = ''] = kinds;
  const old = components[at];
  const component = { ...(old?.kind === kind && components.filter(isMine).length === 1 ? old : {}), kind, value: text };
  const after = others.findIndex((other) => order.indexOf(other.kind) > order.indexOf(kind));
  return others.toSpliced(at >= 0 ? at : after >= 0 ? after : others.length, 0, component);
}

/** The card with another entry in one of its maps; undefined removes the entry. */
export function writeEntry(card: Draft, property: keyof Card, key: string, entry: JsonObject | undefined): Draft {
  const map = withProperty((card[property] ?? {}) as JsonObject, key, entry);
  return (withProperty(card as JsonObject, property, map) ?? {}) as Draft;
}

/** Work, private or other. */
export type ContextName = (typeof contexts)[number];

/** What kind an e-mail, address or link is of. */
export function contextOf({ contexts: set }: { readonly contexts?: StringSet }): ContextName {
  return set?.['work'] ? 'work' : set?.['private'] ? 'private' : 'other';
}

/** An entry of another kind; contexts that the form does not know stay. */
export function withContext<T extends { readonly contexts?: StringSet }>(entry: T, context: string | null): T {
  const { contexts: set, ...others } = entry;
  const { work: _work, private: _private, ...unknown } = set ?? {};
  const changed = { ...unknown, ...(context === 'work' || context === 'private' ? { [context]: true } : {}) };
  return (Object.keys(changed).length > 0 ? { ...others, contexts: changed } : others) as T;
}

/** One of the kinds of phones. */
export type PhoneKind = keyof typeof phoneKinds;

/** What kind a phone is of. */
export function phoneKindOf(phone: Phone): PhoneKind {
  const context = contextOf(phone);
  const feature = ['fax', 'pager', 'mobile'].find((name) => phone.features?.[name]) ?? null;
  const place = context === 'other' ? null : context;
  const names = Object.keys(phoneKinds) as PhoneKind[];
  const isOf = (name: PhoneKind, where: string | null) =>
    phoneKinds[name].feature === feature && phoneKinds[name].context === where;
  return names.find((name) => isOf(name, place)) ?? names.find((name) => isOf(name, null)) ?? 'other';
}

/** A phone of another kind; features that the form does not know (text, video …) stay. */
export function withPhoneKind(phone: Phone, kind: PhoneKind): Phone {
  const { features, ...others } = withContext(phone, phoneKinds[kind].context);
  const { mobile: _mobile, fax: _fax, pager: _pager, ...unknown } = features ?? {};
  const { feature } = phoneKinds[kind];
  const changed: StringSet = { ...unknown, ...(feature ? { [feature]: true as const } : {}) };
  return Object.keys(changed).length > 0 ? { ...others, features: changed } : others;
}

/** One line of the form of an address. */
export type AddressLine = (typeof addressLines)[number];

/** The text of a line of an address. */
export function readAddressLine({ components = [] }: Address, { kinds }: AddressLine): string {
  const isFrench = (component: AddressComponent) => component.kind === 'number';
  const mine = components.filter((component) => (kinds as readonly string[]).includes(component.kind));
  // « 12 rue … »: the number stands first, wherever the card has it.
  return mine
    .toSorted((a, b) => Number(isFrench(b)) - Number(isFrench(a)))
    .map((component) => component.value)
    .join(' ');
}

/** An address with another line; undefined when nothing is left of it. */
export function writeAddressLine(address: Address, { kinds }: AddressLine, text: string): Address | undefined {
  const {
    components: before = [],
    full: _full,
    isOrdered: _isOrdered,
    defaultSeparator: _separator,
    ...others
  } = address;
  const components = withComponent(
    before.filter(({ kind }) => kind !== 'separator'),
    kinds,
    text,
  );
  return components ? { ...others, components: components as readonly AddressComponent[] } : undefined;
}

/** The address in lines, as it is written on a letter. */
export function addressText(address: Address): readonly string[] {
  if (!address.components) return address.full?.split('\n') ?? [];
  const [street, postcode, city, region, country] = addressLines.map((line) => readAddressLine(address, line));
  return [street, [postcode, city].filter(Boolean).join(' '), region, country].filter((line): line is string =>
    Boolean(line),
  );
}

/** The anniversary of a kind. */
export function anniversaryOf(card: Draft, kind: string): [string, Anniversary] | undefined {
  return Object.entries(card.anniversaries ?? {}).find(([, anniversary]) => anniversary.kind === kind);
}

/** The parts of a date, also of one that names a moment. */
export function partsOf(date: Anniversary['date']): PartialDate {
  if (!('utc' in date)) return date;
  const [year, month, day] = date.utc.slice(0, 10).split('-').map(Number);
  return { ...(year ? { year } : {}), ...(month ? { month } : {}), ...(day ? { day } : {}) };
}

/** The card with a date; undefined removes it. */
export function writeDate(card: Draft, kind: string, date: PartialDate | undefined): Draft {
  const [key, old] = anniversaryOf(card, kind) ?? [
    freeKey(card.anniversaries, kind === 'birth' ? 'b' : 'w'),
    undefined,
  ];
  return writeEntry(card, 'anniversaries', key, date && { ...old, kind, date });
}

/** Whether there is such a day; without a year the 29th of February is one. */
export function isRealDate({ year, month, day }: PartialDate): boolean {
  if (month === undefined) return year !== undefined && day === undefined;
  if (day === undefined) return year !== undefined && month >= 1 && month <= 12;
  const date = new Date(Date.UTC(year ?? 2000, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
