/** Where everything is. Ids and names are encoded here and nowhere else. */
export const paths = {
  root: '/dav/',
  principals: '/dav/principals/',
  homes: '/dav/addressbooks/',
  directory: '/dav/directory/',
  pushRegistrations: '/dav/push/',
  principal: (id: string): string => `${paths.principals}${encodeSegment(id)}/`,
  home: (personId: string): string => `${paths.homes}${encodeSegment(personId)}/`,
  book: (personId: string, segment: string): string => `${paths.home(personId)}${encodeSegment(segment)}/`,
  oneHome: (personId: string): string => `/dav/one/${encodeSegment(personId)}/`,
  oneBook: (personId: string): string => `${paths.oneHome(personId)}all/`,
  notifications: (personId: string): string => `/dav/notifications/${encodeSegment(personId)}/`,
  notification: (personId: string, id: string): string => `${paths.notifications(personId)}${encodeSegment(id)}.xml`,
  pushRegistration: (id: string): string => `${paths.pushRegistrations}${encodeSegment(id)}`,
  entry: (id: string): string => `${paths.directory}${encodeSegment(id)}.vcf`,
  card: (book: string, uri: string): string => `${book}${encodeSegment(uri)}`,
};

/** Longer names of cards, and of folders, are not taken: a token tells where a listing was cut by the name of a card. */
export const longest = { card: 255, book: 200 } as const;

/**
 * One segment of a path, percent-encoded as little as RFC 3986 §3.3 asks: what a client sends that leaves `@` or `:`
 * as they are comes back the same.
 */
export function encodeSegment(text: string): string {
  if (isPlainSegment(text)) return text;
  return encodeURIComponent(text).replace(/%(?:40|3A|24|26|2B|2C|3B|3D)/g, decodeURIComponent);
}

/** Whether a segment stands in a path, and a path in XML, as it is. */
export function isPlainSegment(text: string): boolean {
  return /^[\w.~-]*$/.test(text);
}

/** The decoded segments behind `/dav/`, without the empty one of a final slash; null for what cannot be decoded. */
export function readPath(pathname: string): { readonly segments: readonly string[]; readonly slash: boolean } | null {
  if (!pathname.startsWith(paths.root)) return pathname === '/dav' ? { segments: [], slash: false } : null;
  const rest = pathname.slice(paths.root.length);
  const slash = rest === '' || rest.endsWith('/');
  const parts = rest === '' ? [] : (slash ? rest.slice(0, -1) : rest).split('/');
  try {
    const segments = parts.map(decodeURIComponent);
    return segments.some((segment) => segment === '' || segment.includes('\0')) ? null : { segments, slash };
  } catch {
    return null;
  }
}
