/** A method call of a request: name, arguments, call id (RFC 8620 §3.2). */
export type Invocation = readonly [name: string, args: Readonly<Record<string, unknown>>, callId: string];

/** A call that waits for its request to leave. */
export interface QueuedCall {
  readonly invocation: Invocation;
  readonly resolve: (response: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly signal?: AbortSignal | undefined;
}

/** RFC 8620 §3.7: a value taken from the response of an earlier call of the same request. */
export interface ResultReference {
  readonly resultOf: string;
  readonly name: string;
  readonly path: string;
}

function referencedCalls([, args]: Invocation): string[] {
  return Object.entries(args).flatMap(([key, value]) =>
    key.startsWith('#') ? [(value as ResultReference).resultOf] : [],
  );
}

/** Splits what one tick asked for into requests of at most `max` calls; a call stays with the calls it refers to. */
export function splitCalls(calls: readonly QueuedCall[], max: number): QueuedCall[][] {
  const requests: QueuedCall[][] = [];
  let request: QueuedCall[] = [];
  for (const call of calls) {
    const ids = new Set(request.map((earlier) => earlier.invocation[2]));
    const needsThisRequest = referencedCalls(call.invocation).some((id) => ids.has(id));
    if (request.length >= max && !needsThisRequest) {
      requests.push(request);
      request = [];
    }
    request.push(call);
  }
  if (request.length > 0) requests.push(request);
  return requests;
}
