import { contactValues } from '../csv/contactColumns.ts';
import { displayName, fullName } from '../jscontact/names.ts';
import type { Card } from '../jscontact/types.ts';
import { ldifAttributes } from './attributes.ts';

/** How an LDIF file begins (RFC 2849). */
export const ldifStart = 'version: 1\r\n';

/** RFC 2849: what may stand there as it is. */
const safe = /^(?![ :<])[\u0001-\u0009\u000b\u000c\u000e-\u007f]*(?<! )$/u;
const lineLength = 76;

/** A contact as an entry that Thunderbird and directories take: inetOrgPerson with Mozilla's attributes, or a group. */
export function writeLdifEntry(card: Card): string {
  const values = contactValues(card);
  const isGroup = card.kind === 'group';
  values.set('fullName', fullName(card.name) || displayName(card));
  // inetOrgPerson must have it (RFC 4519 §3.12).
  if (!isGroup && !values.has('lastName')) values.set('lastName', values.get('fullName')!);
  const classes = isGroup
    ? ['top', 'groupOfNames']
    : ['top', 'person', 'organizationalPerson', 'inetOrgPerson', 'mozillaAbPersonAlpha'];
  const fields = isGroup
    ? ldifAttributes.filter(([field]) => field === 'fullName' || field === 'notes')
    : ldifAttributes;
  const lines = [
    line('dn', nameOf(card.uid)),
    ...classes.map((name) => line('objectclass', name)),
    ...fields.flatMap(([field, name]) => {
      const value = field === null ? '' : valueOf(values, field);
      return value === '' ? [] : [line(name, value)];
    }),
    ...(isGroup ? Object.keys(card.members ?? {}).map((uid) => line('member', nameOf(uid))) : []),
  ];
  return `\r\n${lines.join('')}`;
}

/** An entry is named by its uid: by name or address two people could be one. */
function nameOf(uid: string): string {
  return `uid=${uid.replace(/[,+"\\<>;=#]/gu, (sign) => `\\${sign}`).replace(/^ | $/gu, '\\ ')}`;
}

const dateParts: Readonly<Record<string, number>> = { year: 1, month: 2, day: 3 };

function valueOf(values: ReadonlyMap<string, string>, field: string): string {
  const [base = '', part] = field.split(':');
  const text = values.get(base) ?? '';
  if (base === 'birthday') return /^(?:(\d{4})|-)(?:-(\d\d)-(\d\d))?$/u.exec(text)?.[dateParts[part!]!] ?? '';
  if (!base.endsWith('Street')) return text;
  const [first = '', ...rest] = text.split('\n');
  return part === undefined ? first : rest.join(', ');
}

function line(name: string, value: string): string {
  const text = safe.test(value) ? `${name}: ${value}` : `${name}:: ${base64(value)}`;
  const pieces = [text.slice(0, lineLength)];
  for (let at = lineLength; at < text.length; at += lineLength - 1)
    pieces.push(` ${text.slice(at, at + lineLength - 1)}`);
  return `${pieces.join('\r\n')}\r\n`;
}

function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
