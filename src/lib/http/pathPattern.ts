/** Of paths that begin like this so many segments are shown; what follows may name somebody, or open something. */
export type ShownPaths = Readonly<Record<string, number>>;

/** What a client made up is no path of ours. */
const plainSegment = /^[\w.-]{1,40}$/u;

/** A path without what is in it of people, their folders and secrets: `/dav/addressbooks/…`. */
export function pathPattern(path: string, shown: ShownPaths): string {
  const segments = path.split('/').slice(1);
  const [first = ''] = segments;
  if (!plainSegment.test(first)) return first === '' && segments.length === 1 ? '/' : '/…';
  const kept = Object.hasOwn(shown, first) ? shown[first]! : 1;
  const visible = segments.slice(0, kept).filter((segment) => plainSegment.test(segment));
  return `/${visible.join('/')}${visible.length < segments.length ? '/…' : ''}`;
}
