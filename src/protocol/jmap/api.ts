import type { Context } from '../../core/context.ts';
import { BodyTooLarge } from '../../lib/http/http.ts';
import type { HttpReply, HttpRequest } from '../../lib/http/http.ts';
import { limits } from './capabilities.ts';
import { parseRequest, RequestError } from './engine/parseRequest.ts';
import type { ApiRequest } from './engine/parseRequest.ts';
import { runRequest } from './engine/runRequest.ts';
import type { Engine } from './engine/runRequest.ts';
import { requestProblem } from './problems.ts';
import { sessionOf } from './session.ts';

/** Answers one API request: RFC 8620 §3. */
export async function api(engine: Engine, context: Context, request: HttpRequest): Promise<HttpReply> {
  try {
    const body = await request.body(limits.maxSizeRequest);
    const parsed = await parseRequest(body, request.headers['content-type']);
    return { status: 200, headers: responseHeaders, body: await respond(engine, context, parsed) };
  } catch (error) {
    if (error instanceof RequestError) return requestProblem(error.type, error.message, error.limit);
    if (error instanceof BodyTooLarge) return requestProblem('limit', error.message, 'maxSizeRequest');
    throw error;
  }
}

const responseHeaders = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' };

/** The Response to a Request (RFC 8620 §3.4) as JSON; `more` is said before. */
export async function respond(
  engine: Engine,
  context: Context,
  request: ApiRequest,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { texts, createdIds } = await runRequest(engine, context, request);
  // After the calls: they may have changed which accounts there are.
  const { state } = await sessionOf(context);
  const rest = { ...(createdIds === undefined ? {} : { createdIds }), sessionState: state };
  // Each answer is JSON already.
  const members = Object.entries(more).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)},`);
  return `{${members.join('')}"methodResponses":[${texts.join(',')}],${JSON.stringify(rest).slice(1)}`;
}
