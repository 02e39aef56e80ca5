import { isIPv6 } from 'node:net';

/** The network that an address is in: /24 of IPv4, /48 of IPv6, which is what one household or office is given. */
export function networkPrefix(address: string): string {
  const plain = address.replace(/%.*/su, '').replace(/^::ffff:(?=\d+\.)/iu, '');
  if (!plain.includes(':') || !isIPv6(plain)) return plain.split('.').slice(0, 3).join('.');
  const [head = '', tail] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  if (tail !== undefined) groups.push(...Array.from({ length: 8 - groups.length - after.length }, () => '0'), ...after);
  return groups
    .slice(0, 3)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
}
