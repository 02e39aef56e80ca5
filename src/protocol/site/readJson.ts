import { AppError, invalid } from '../../errors.ts';
import type { HttpRequest } from '../../lib/http/http.ts';

const longestBody = 16_384;

/** The body as an object of texts, with each of the named members. Errors: `invalid` with the member. */
export async function readJson<Name extends string>(
  request: HttpRequest,
  names: readonly Name[],
): Promise<Record<Name, string>> {
  // Forms of other sites can send neither this type nor, therefore, such a request.
  if (!/^application\/json\s*(;|$)/iu.test(request.headers['content-type'] ?? '')) {
    throw new AppError('invalid', 'The body must be application/json');
  }
  const value = parse(await request.body(longestBody));
  for (const name of names) {
    if (typeof value[name] !== 'string') throw invalid(name, `${name} must be a text`);
  }
  return value as Record<Name, string>;
}

function parse(body: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Falls through to the one answer.
  }
  throw new AppError('invalid', 'The body is not a JSON object');
}
