/** How many segments are shown of paths that begin like this; what follows may name somebody, or be a secret. */
export type ShownPaths = Readonly<Record<string, number>>;

/** What a client made up is no path of ours. */
const plainSegment = /^[\w.-]{1,40}$/u;

/** A path without people, their folders and secrets: `/dav/addressbooks/…`. */
export function pathPattern(path: string, shown: ShownPaths): string {
  const segments = path.split('/').slice(1);
  const [first = ''] = segments;
  if (!plainSegment.test(first)) return first === '' && segments.length === 1 ? '/' : '/…';
  const kept = Object.hasOwn(shown, first) ? shown[first]! : 1;
  const visible = segments.slice(0, kept).filter((segment) => plainSegment.test(segment));
  return `/${visible.join('/')}${visible.length < segments.length ? '/…' : ''}`;
}
