import type { Context } from '../../core/context.ts';
import { BodyTooLarge } from '../../lib/http/http.ts';
import type { HttpReply, HttpRequest } from '../../lib/http/http.ts';
import { json } from '../../lib/http/reply.ts';
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
    return json(200, await respond(engine, context, parsed), { 'Cache-Control': 'no-store' });
  } catch (error) {
    if (error instanceof RequestError) return requestProblem(error.type, error.message, error.limit);
    if (error instanceof BodyTooLarge) return requestProblem('limit', error.message, 'maxSizeRequest');
    throw error;
  }
}

/** The Response to a Request: RFC 8620 §3.4. */
export async function respond(engine: Engine, context: Context, request: ApiRequest): Promise<object> {
  const response = await runRequest(engine, context, request);
  // After the calls: they may have changed which accounts there are.
  const { state } = await sessionOf(context);
  return { ...response, sessionState: state };
}
