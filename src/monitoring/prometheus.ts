import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Meter } from '../lib/meter.ts';
import type { Gauge as GaugeRow } from './gauges.ts';

/** What is measured, and how Prometheus reads it. */
export type Prometheus = {
  readonly meter: Meter;
  /** What is read at the moment of the question; once, when the app is there. */
  watch(gauges: readonly GaugeRow[]): void;
  readonly contentType: string;
  text(): Promise<string>;
};

/** From one millisecond to ten seconds. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * The metrics registry, including Node's own metrics (event loop, memory, processor). Loaded only if somebody is
 * monitoring.
 */
export function createPrometheus(version: string): Prometheus {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const histogram = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Histogram<L>({ name, help, labelNames: [...labelNames], buckets, registers });
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter<L>({ name, help, labelNames: [...labelNames], registers });

  const requests = counter('coterie_requests_total', 'Requests that were answered', [
    'protocol',
    'operation',
    'status',
  ]);
  const requestSeconds = histogram('coterie_request_duration_seconds', 'Until the answer was there', [
    'protocol',
    'operation',
  ]);
  const methods = counter('coterie_jmap_methods_total', 'JMAP methods that were run', ['method', 'error']);
  const methodSeconds = histogram('coterie_jmap_method_duration_seconds', 'How long JMAP methods took', ['method']);
  const waitSeconds = histogram('coterie_transaction_wait_seconds', 'How long transactions waited for their turn', []);
  const runSeconds = histogram('coterie_transaction_duration_seconds', 'How long transactions took', []);
  const jobs = counter('coterie_jobs_total', 'Runs of what is done again and again', ['job', 'outcome']);
  const jobSeconds = histogram('coterie_job_duration_seconds', 'How long they took', ['job']);
  const info = new Gauge({ name: 'coterie_info', help: 'The version', labelNames: ['version'], registers });
  info.set({ version }, 1);

  return {
    meter: {
      within: (_whole, task) => task(),
      request({ protocol, operation, status, seconds }) {
        requests.inc({ protocol, operation, status: `${Math.floor(status / 100)}xx` });
        requestSeconds.observe({ protocol, operation }, seconds);
      },
      method({ name, error, seconds }) {
        methods.inc({ method: name, error });
        methodSeconds.observe({ method: name }, seconds);
      },
      transaction({ waited, ran }) {
        waitSeconds.observe(waited);
        runSeconds.observe(ran);
      },
      job({ name, failed, seconds }) {
        jobs.inc({ job: name, outcome: failed ? 'failed' : 'done' });
        jobSeconds.observe({ job: name }, seconds);
      },
    },
    watch(gauges) {
      for (const { name, help, read } of gauges)
        new Gauge({
          name,
          help,
          registers,
          async collect() {
            const value = await read();
            if (value === null) this.remove();
            else this.set(value);
          },
        });
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
