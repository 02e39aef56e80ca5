import { isIP } from 'node:net';

// How values of settings are read: each throws a phrase that completes « COTERIE_X … ».

/** Any text. */
export function text(value: string): string {
  return value;
}

/** Any text but none. */
export function some(value: string): string {
  if (value === '') throw new Error('must not be empty');
  return value;
}

/** A whole number in a range. */
export function whole(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d{1,12}$/u.test(value) && number >= least && number <= most) return number;
    throw new Error(`must be a whole number from ${least} to ${most}, not "${value}"`);
  };
}

/** One of some words. */
export function oneOf<T extends string>(...allowed: readonly T[]): (value: string) => T {
  return (value) => {
    const found = allowed.find((each) => each === value.toLowerCase());
    if (found) return found;
    throw new Error(`must be ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}, not "${value}"`);
  };
}

/** `on` or `off`. */
export function onOrOff(value: string): boolean {
  return oneOf('on', 'off')(value) === 'on';
}

/** A host name or an address, without a port. */
export function host(value: string): string {
  if (isIP(value) !== 0 || /^[a-z\d]([a-z\d.-]*[a-z\d])?$/iu.test(value)) return value;
  throw new Error(`must be an address or a host name without a port, such as 127.0.0.1, not "${value}"`);
}

/** An origin: what stands before the path, without a slash at the end. */
export function address(value: string): string | null {
  if (value === '') return null;
  const url = URL.parse(value);
  const wellFormed =
    url && /^https?:$/u.test(url.protocol) && url.username === '' && url.pathname === '/' && !/[?#]/u.test(value);
  if (wellFormed) return url.origin;
  throw new Error('must be an address such as https://contacts.example.org, without a path');
}

/** An origin to which passwords are sent: by HTTPS, or on this machine. */
export function encryptedAddress(value: string): string | null {
  const origin = address(value);
  const url = origin === null ? null : new URL(origin);
  const isLocal = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost';
  if (url === null || url.protocol === 'https:' || isLocal) return origin;
  throw new Error('must begin with https://: passwords are sent there');
}

/** The address of a mail server; it may hold a password, so it is not repeated. */
export function smtp(value: string): string | null {
  if (value === '') return null;
  const url = URL.parse(value);
  // The value may hold a password: it is not repeated.
  if (!url || !/^smtps?:$/u.test(url.protocol) || url.hostname === '')
    throw new Error('must be an address such as smtps://user@mail.example.org');
  return value;
}

/** The address of a database; it may hold a password, so it is not repeated. */
export function database(value: string): string | null {
  if (value === '') return null;
  const url = URL.parse(value);
  if (!url || !/^postgres(?:ql)?:$/u.test(url.protocol) || url.pathname.length < 2)
    throw new Error('must be an address such as postgres://coterie:password@db.example.org/coterie');
  return value;
}

/** The address of a page with a place for recipients, or nothing. */
export function composeUrl(value: string): string | null {
  if (value === '') return null;
  const url = URL.parse(value.replace(/\{(?:to|bcc)\}/gu, 'x'));
  if (url && /^https?:$/u.test(url.protocol) && value.includes('{to}')) return value;
  throw new Error(
    `must be an address with a place for recipients, such as https://webmail.example.org/?to={to}, not "${value}"`,
  );
}

/** An e-mail address, or nothing. */
export function sender(value: string): string | null {
  if (value === '') return null;
  if (/^[^\s<>@]+@[^\s<>@]+$/u.test(value)) return value;
  throw new Error(`must be an address such as contacts@example.org, not "${value}"`);
}

/** An e-mail address. */
export function mailAddress(value: string): string {
  const read = sender(value);
  if (read !== null) return read;
  throw new Error('must be an address');
}

/** Names of servers with spaces between them. */
export function names(value: string): readonly string[] {
  const all = value
    .toLowerCase()
    .split(/[\s,]+/u)
    .filter((name) => name !== '');
  const wrong = all.find((name) => !/^(?:[a-z\d]([a-z\d.-]*[a-z\d])?|\[[\da-f:]+\])(?::\d{1,5})?$/u.test(name));
  if (wrong === undefined) return all;
  throw new Error(`must be names of servers, not "${wrong}"`);
}

/** Addresses and networks with spaces between them. */
export function networks(value: string): readonly string[] {
  const all = value.split(/[\s,]+/u).filter((network) => network !== '');
  const wrong = all.find((network) => !isNetwork(network));
  if (wrong === undefined) return all;
  throw new Error(`must be addresses or networks such as 192.0.2.0/24, not "${wrong}"`);
}

/** DNs (RFC 4514) with semicolons between them: a semicolon inside one is always escaped. */
export function parts(value: string): readonly string[] {
  return value
    .split(/(?<!\\);/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Addresses of LDAP servers with spaces between them. */
export function ldapUrls(value: string): readonly string[] {
  const all = value.split(/[\s,]+/u).filter((part) => part !== '');
  for (const each of all) {
    const url = URL.parse(each);
    const isPlain =
      url && /^\/?$/u.test(url.pathname) && url.username === '' && url.password === '' && !/[?#]/u.test(each);
    // It may hold a password: it is not repeated.
    if (!url || !isPlain || !/^ldaps?:$/u.test(url.protocol) || url.hostname === '')
      throw new Error('must be addresses such as ldaps://ldap.example.org, without user, password and path');
  }
  return all;
}

/** `name=attribute,attribute` with spaces between them; an empty list leaves something out. */
export function attributes(value: string): Readonly<Record<string, readonly string[]>> {
  const all = value.split(/\s+/u).filter((part) => part !== '');
  const read = all.map((part) => {
    const match = /^(\w+)=((?:[a-z][a-z\d;-]*[+,])*(?:[a-z][a-z\d;-]*)?)(?<!\+)$/iu.exec(part);
    if (!match) throw new Error(`must be of the form department=ou,departmentNumber, not "${part}"`);
    return [match[1]!, match[2]!.split(',').filter((name) => name !== '')] as const;
  });
  return Object.fromEntries(read);
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more !== undefined) return false;
  return prefix === undefined || (/^\d{1,3}$/u.test(prefix) && Number(prefix) <= (family === 6 ? 128 : 32));
}
