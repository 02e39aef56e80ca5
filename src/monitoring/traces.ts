import { AsyncLocalStorage } from 'node:async_hooks';
import { diag, DiagLogLevel, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes, Context, Span } from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Log } from '../lib/log.ts';
import type { Meter, Whole } from '../lib/meter.ts';

/** The origin of the collector that traces go to, and how many of a hundred. */
export type TraceSettings = { readonly url: string; readonly percent: number; readonly version: string };

/** What is measured, sent as traces. */
export type Traces = {
  readonly meter: Meter;
  /** Sends what waits; gives up after two seconds. */
  close(): Promise<void>;
};

/** Long enough for a collector that is there; the end of the program does not wait longer for one that is not. */
const patience = 2_000;

/**
 * Traces by OpenTelemetry's protocol (OTLP over HTTP): a span for each request and each run of a job, and in it one for each JMAP method and
 * transaction. Nothing in them names a person or a contact. Loaded only where somebody reads them.
 */
export function createTraces({ url, percent, version }: TraceSettings, log: Log): Traces {
  const warn = (message: string) => log.warn('traces', { message });
  diag.setLogger(
    { error: warn, warn, info: () => undefined, debug: () => undefined, verbose: () => undefined },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  // Who asks may name the trace, but not decide that it is kept: that would be a way to have everything kept.
  const sampler = new TraceIdRatioBasedSampler(percent / 100);
  const provider = new TracerProvider({
    sampler: new ParentBasedSampler({
      root: sampler,
      remoteParentSampled: sampler,
      remoteParentNotSampled: sampler,
    }),
    resource: resourceFromAttributes({ 'service.name': 'coterie', 'service.version': version }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url: `${url}/v1/traces`, timeoutMillis: patience }),
        exportTimeoutMillis: patience,
      }),
    ],
  });
  return { meter: tracingMeter(provider), close: () => provider.shutdown().catch(() => undefined) };
}

function tracingMeter(provider: TracerProvider): Meter {
  const tracer = provider.getTracer('coterie');
  const wholes = new AsyncLocalStorage<Span>();
  const part = (name: string, seconds: number, attributes: Attributes, isFailed = false) => {
    const whole = wholes.getStore();
    if (!whole) return;
    const now = Date.now();
    const options = { startTime: now - seconds * 1000, attributes };
    const span = tracer.startSpan(name, options, trace.setSpan(ROOT_CONTEXT, whole));
    if (isFailed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(now);
  };
  const tell = (attributes: Attributes, isFailed: boolean) => {
    const whole = wholes.getStore();
    whole?.setAttributes(attributes);
    if (isFailed) whole?.setStatus({ code: SpanStatusCode.ERROR });
  };
  return {
    async within(whole, task) {
      const span = tracer.startSpan(whole.name, optionsOf(whole), contextOf(whole));
      try {
        return await wholes.run(span, task);
      } finally {
        span.end();
      }
    },
    request: ({ status }) => tell({ 'http.response.status_code': status }, status >= 500),
    job: ({ failed }) => tell({}, failed),
    method: ({ name, error, seconds }) =>
      part(name, seconds, error === '' ? {} : { 'error.type': error }, error !== ''),
    transaction: ({ waited, ran }) => part('transaction', waited + ran, { 'coterie.waited_ms': waited * 1000 }),
  };
}

function optionsOf({ requestId }: Whole) {
  if (requestId === undefined) return { kind: SpanKind.INTERNAL };
  return { kind: SpanKind.SERVER, attributes: { 'coterie.request_id': requestId } };
}

/** W3C Trace Context §3.2: what is malformed is no parent. */
function contextOf({ traceparent = '' }: Whole): Context {
  const parent = parseTraceParent(traceparent);
  return parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
}
