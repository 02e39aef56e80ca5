import type { Attributes } from './attributes.ts';
import { normalDn } from './normalDn.ts';
import { octetsOf, textsOf } from './values.ts';
import type { Values } from './values.ts';

/** By what names groups call an entry: its DN, its login (no alias, which people may choose themselves), and the group that it is in by its own word. */
export function referencesOf(
  dn: string,
  values: Values,
  { isGroup, login }: { readonly isGroup: boolean; readonly login: string },
): string[] {
  const own = dnReference(dn);
  if (isGroup) return own;
  const gid = textsOf(values, 'gidNumber')[0]?.trim();
  return [
    ...own,
    ...textsOf(values, login).map((name) => loginReference(name.trim())),
    ...(gid === undefined || gid === '' ? [] : [`gid:${gid}`]),
    ...primaryGroupOf(values),
  ];
}

/** Whom a group names. */
export function membersOf(values: Values, { member }: Attributes): string[] {
  const gid = textsOf(values, 'gidNumber')[0]?.trim();
  const sid = octetsOf(values, 'objectSid');
  return [
    ...member.flatMap((attribute) => textsOf(values, attribute).flatMap((value) => memberReference(value.trim()))),
    // Those whose own entry names the group (RFC 2307 §3, MS-ADTS §3.1.1.4.5.1) stand nowhere in it.
    ...(gid === undefined || gid === '' ? [] : [`gid:${gid}`]),
    ...(sid === undefined ? [] : [`sid:${sid.toString('hex')}`]),
  ];
}

function memberReference(value: string): string[] {
  if (value === '') return [];
  // RFC 4517 §3.3.21: a name may bear a number that tells it from an earlier bearer.
  const name = value.replace(/#'[01]*'B$/u, '');
  return name.includes('=') ? dnReference(name) : [loginReference(name)];
}

function dnReference(dn: string): string[] {
  const normal = normalDn(dn);
  return normal === null ? [] : [normal];
}

function loginReference(login: string): string {
  return `uid:${login.toLowerCase()}`;
}

/** The SID of a group is that of its domain with another number at the end, in four octets, the lowest first. */
function primaryGroupOf(values: Values): string[] {
  const sid = octetsOf(values, 'objectSid');
  const group = Number(textsOf(values, 'primaryGroupID')[0] ?? Number.NaN);
  if (sid === undefined || sid.length < 12 || !Number.isInteger(group)) return [];
  const end = Buffer.alloc(4);
  end.writeUInt32LE(group >>> 0);
  return [`sid:${Buffer.concat([sid.subarray(0, -4), end]).toString('hex')}`];
}
