import type { ColumnField } from '../csv/layouts/layout.ts';
import type { Card } from '../jscontact/types.ts';
import { fieldOfAttribute } from '../ldif/attributes.ts';
import { readLdif } from '../ldif/readLdif.ts';
import type { LdifEntry } from '../ldif/readLdif.ts';
import { cellReader } from './cardFromFields.ts';
import { shownText } from './importItem.ts';
import type { ImportEntry } from './importItem.ts';

const groupClasses: ReadonlySet<string> = new Set(['groupofnames', 'groupofuniquenames', 'groupofmembers']);

/** The contacts of an LDIF file; a group names its members as `members` of their entries' uids. */
export function* ldifEntries(text: string, newUid: () => string): Generator<ImportEntry> {
  const uids = new Map<string, string>();
  const uidOf = (dn: string): string => {
    const key = dnKey(dn);
    const uid = uids.get(key) ?? newUid();
    uids.set(key, uid);
    return uid;
  };
  for (const entry of readLdif(text)) {
    const { line } = entry;
    const shown = shownText(entry.text);
    if (!('dn' in entry)) {
      yield { problem: { line, reason: 'ldif', isLost: true, detail: shownText(entry.detail), text: shown } };
      continue;
    }
    const card = cardOf(entry, uidOf);
    if (card) yield { line, text: shown, problems: [], card };
    else if (!isContainer(entry)) yield { problem: { line, reason: 'empty', isLost: true, text: shown } };
  }
}

function cardOf(entry: LdifEntry, uidOf: (dn: string) => string): Partial<Card> | undefined {
  const { attributes, binary, dn } = entry;
  const columns: { heading: string; field: ColumnField; value: string }[] = [];
  const isPerson = !isContainer(entry);
  for (const [name, values] of attributes) {
    const field = fieldOfAttribute.get(name);
    if (field === undefined) continue;
    // Directories give a person several names of one kind: the first is the one.
    const isMany = field === null || /^(email|workPhone|homePhone|mobilePhone|notes|otherURL)/u.test(field);
    for (const value of isMany ? values : values.slice(0, 1)) columns.push({ heading: name, field, value });
  }
  const read = cellReader({
    headings: columns.map(({ heading }) => heading),
    fields: columns.map(({ field }) => field),
    dates: 'mdy',
  });
  const { card } = read(columns.map(({ value }) => value));
  const members = [...(attributes.get('member') ?? []), ...(attributes.get('uniquemember') ?? [])].map(uidOf);
  if (!card || !(isPerson || members.length > 0)) return undefined;
  const photo = binary.get('jpegphoto');
  return {
    ...card,
    uid: uidOf(dn),
    ...(isGroup(entry) ? { kind: 'group', ...(members.length > 0 ? { members: asSet(members) } : {}) } : {}),
    ...(photo ? { media: { photo: { kind: 'photo', uri: `data:image/jpeg;base64,${photo}` } } } : {}),
  };
}

function asSet(values: readonly string[]): Readonly<Record<string, true>> {
  return Object.fromEntries(values.map((value) => [value, true as const]));
}

function classesOf({ attributes }: LdifEntry): string[] {
  return (attributes.get('objectclass') ?? []).map((name) => name.toLowerCase());
}

function isGroup(entry: LdifEntry): boolean {
  return classesOf(entry).some((name) => groupClasses.has(name));
}

/** The branches of a directory are no contacts. */
function isContainer(entry: LdifEntry): boolean {
  const classes = classesOf(entry);
  return classes.some((name) => name === 'organizationalunit' || name === 'organization' || name === 'dcobject');
}

/** RFC 4514 as far as programs differ in writing the same name. */
function dnKey(dn: string): string {
  return dn
    .split(/,(?=\s*[A-Za-z0-9.-]+=)/u)
    .map((part) => part.trim().toLowerCase())
    .join(',');
}
