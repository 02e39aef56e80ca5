/** What a profile for Apple's devices says of one CardDAV account. */
export type CardDavProfile = {
  /** What the account is called on the device. */
  readonly title: string;
  /** The public address of the server, as `https://contacts.example.org`. */
  readonly serverUrl: string;
  /** Where the person's principal is, as a path. */
  readonly principalPath: string;
  readonly username: string;
  /** null: the device asks for it. */
  readonly password: string | null;
  /** Two UUIDs: of the profile and of the account in it. The same ones replace an earlier profile. */
  readonly ids: readonly [profile: string, account: string];
};

type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * A configuration profile (`.mobileconfig`) as iOS, iPadOS and macOS install it: Apple's property list in XML with one
 * `com.apple.carddav.account`. It is not signed: the device says so before it asks whether to install it.
 */
export function mobileConfig({ title, serverUrl, principalPath, username, password, ids }: CardDavProfile): string {
  const { hostname, port, protocol } = new URL(serverUrl);
  const isEncrypted = protocol === 'https:';
  const identifier = `${hostname.split('.').toReversed().join('.')}.coterie`;
  const account = {
    PayloadType: 'com.apple.carddav.account',
    PayloadVersion: 1,
    PayloadIdentifier: `${identifier}.carddav.${ids[1].toLowerCase()}`,
    PayloadUUID: ids[1],
    PayloadDisplayName: title,
    CardDAVAccountDescription: title,
    CardDAVHostName: hostname,
    CardDAVPort: Number(port) || (isEncrypted ? 443 : 80),
    CardDAVUseSSL: isEncrypted,
    CardDAVPrincipalURL: principalPath,
    CardDAVUsername: username,
    ...(password === null ? {} : { CardDAVPassword: password }),
  };
  const profile = {
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: `${identifier}.${ids[0].toLowerCase()}`,
    PayloadUUID: ids[0],
    PayloadDisplayName: title,
    PayloadRemovalDisallowed: false,
    PayloadContent: [account],
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    `<plist version="1.0">${element(profile)}</plist>`,
    '',
  ].join('\n');
}

function element(value: Plain): string {
  if (typeof value === 'string') return `<string>${escapeText(value)}</string>`;
  if (typeof value === 'number') return `<integer>${value}</integer>`;
  if (typeof value === 'boolean') return value ? '<true/>' : '<false/>';
  if (isList(value)) return `<array>${value.map(element).join('')}</array>`;
  const entries = Object.entries(value).map(([key, item]) => `<key>${escapeText(key)}</key>${element(item)}`);
  return `<dict>${entries.join('')}</dict>`;
}

function isList(value: object): value is readonly Plain[] {
  return Array.isArray(value);
}

/** XML 1.0 §2.2 and §2.4: what no document may hold is left out. */
function escapeText(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
