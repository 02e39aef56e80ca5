import type { HttpRequest } from '../../lib/http/http.ts';

/** What a client would rather have: RFC 7240, RFC 8144, and Apple's `Brief`. */
export type DavPreferences = {
  readonly minimal: boolean;
  readonly noRoot: boolean;
  /** Wants to see what is there afterwards (`return=representation`). */
  readonly representation: boolean;
  /** Would rather be refused than helped (`handling=strict`). */
  readonly strict: boolean;
  /** What the answer says of it. */
  readonly headers: Readonly<Record<string, string>>;
};

/** Reads `Prefer` and `Brief`. */
export function readPreferences({ headers }: HttpRequest): DavPreferences {
  const given = headers['prefer'];
  const tokens = (Array.isArray(given) ? given.join() : (given ?? ''))
    .toLowerCase()
    .split(',')
    .map((token) => token.split(';')[0]!.replaceAll(/["\s]/gu, ''));
  const isMinimal = tokens.includes('return=minimal') || tokens.includes('return-minimal');
  const noRoot = tokens.includes('depth-noroot');
  const applied = [...(isMinimal ? ['return=minimal'] : []), ...(noRoot ? ['depth-noroot'] : [])];
  return {
    representation: tokens.includes('return=representation'),
    strict: tokens.includes('handling=strict'),
    minimal: isMinimal || headers['brief']?.toString().trim().toLowerCase() === 't',
    noRoot,
    headers: applied.length > 0 ? { 'Preference-Applied': applied.join(', ') } : {},
  };
}
