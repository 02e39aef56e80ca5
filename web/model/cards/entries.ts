import type { Address } from '../../../src/format/jscontact/types.ts';
import { displayLabel } from '../../../src/format/jscontact/names.ts';
import type { EntryFieldRow } from '../../fields.ts';
import { byPreference } from './card-summary.ts';
import { freeKey } from '../../../src/format/jscontact/edited.ts';
import { type Draft, writeEntry } from './card-values.ts';
import { freeGroup, labelOfGroup, linesOf, type OwnLine, ownNames, writeLabel, writeLine } from './own-lines.ts';

/** An entry of a field that a card may have several times. */
export type Entry = Readonly<Record<string, unknown>>;

type Own = keyof typeof ownNames;

function isOwn(property: EntryFieldRow['property']): property is Own {
  return property in ownNames;
}

/** The entries of a field by their keys, the preferred ones first. */
export function entriesOf(card: Draft, { property }: EntryFieldRow): [string, Entry][] {
  if (isOwn(property)) return linesOf(card, ownNames[property]) as unknown as [string, Entry][];
  return byPreference((card[property] ?? {}) as Readonly<Record<string, Entry>>);
}

/** The card with another entry in a field; undefined removes it. */
export function writeEntryOf(card: Draft, { property }: EntryFieldRow, key: string, entry: Entry | undefined): Draft {
  if (isOwn(property)) return writeLine(card, ownNames[property], key, entry as OwnLine | undefined);
  const group = property === 'addresses' && !entry ? groupOfAddress(card, key) : undefined;
  const changed = writeEntry(card, property, key, entry);
  return group === undefined ? changed : writeLabel(changed, group, '');
}

/** A key that no entry of the field has. */
export function freeKeyOf(card: Draft, { property, prefix }: EntryFieldRow): string {
  if (isOwn(property)) return freeGroup(card, prefix);
  return freeKey((card[property] ?? {}) as Entry, prefix);
}

/** What a new entry is: the first of them is most likely the one at work, the next the one at home. */
export function emptyEntry({ property, value, editor, kinds }: EntryFieldRow, index: number): Entry {
  if (isOwn(property)) return { label: '', value: '', params: {} };
  const text = value === null ? {} : { [value]: '' };
  if (kinds === 'services') return { ...text, service: '' };
  if (editor === 'tel')
    return index === 0 ? { ...text, features: { mobile: true } } : { ...text, contexts: { work: true } };
  return { ...text, contexts: { [index === 1 ? 'private' : 'work']: true } };
}

function groupOfAddress(card: Draft, key: string): string | undefined {
  const group = card.addresses?.[key]?.vCardParams?.['group'];
  return typeof group === 'string' ? group : undefined;
}

/** The label that a person gave to an entry; an address has it beside itself. */
export function labelOfEntry(card: Draft, { property }: EntryFieldRow, key: string, entry: Entry): string {
  if (property !== 'addresses') return typeof entry['label'] === 'string' ? displayLabel(entry['label']) : '';
  const group = groupOfAddress(card, key);
  return group === undefined ? '' : labelOfGroup(card, group);
}

/** The card with another label for an entry. */
export function writeLabelOf(
  card: Draft,
  field: EntryFieldRow,
  [key, entry]: readonly [string, Entry],
  label: string,
): Draft {
  if (field.property !== 'addresses') {
    const { label: _old, ...others } = entry;
    return writeEntryOf(card, field, key, label === '' && !isOwn(field.property) ? others : { ...others, label });
  }
  const group = groupOfAddress(card, key) ?? freeGroup(card, 'address');
  const address = { ...entry, vCardParams: { ...(entry as Address).vCardParams, group } };
  return writeLabel(writeEntry(card, 'addresses', key, address), group, label);
}

/** The text of an entry, where it has one: a service may name its people by an address alone. */
export function textOfEntry({ value }: EntryFieldRow, entry: Entry): string {
  const text = value === null ? '' : (entry[value] ?? (value === 'user' ? entry['uri'] : ''));
  return typeof text === 'string' ? text : '';
}

/** An entry with another text. */
export function withText({ value }: EntryFieldRow, entry: Entry, text: string): Entry {
  if (value === null) return entry;
  if (value !== 'user') return { ...entry, [value]: text };
  // The address and the name of somebody at a service say the same: what is typed replaces both.
  const { user: _user, uri: _uri, vCardName: _name, ...others } = entry;
  return /^[a-z][a-z0-9+.-]*:\S/i.test(text.trim()) ? { ...others, uri: text } : { ...others, user: text };
}
