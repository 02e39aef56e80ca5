import { readFileSync } from 'node:fs';
import type { Database } from '../db/database.ts';
import type { Door } from '../lib/http/http.ts';
import { listen } from '../lib/http/listen.ts';
import type { Log } from '../lib/log.ts';
import { joinMeters } from '../lib/meter.ts';
import type { Meter } from '../lib/meter.ts';
import { readSettingFile } from '../lib/settingFile.ts';
import { gaugesOf } from './gauges.ts';
import type { AppState } from './gauges.ts';
import { measureDatabase } from './measureDatabase.ts';
import { createMetricsDoor } from './metricsDoor.ts';
import type { Prometheus } from './prometheus.ts';
import type { Traces } from './traces.ts';

/** Where metrics are read, and where traces go. */
export type MonitoringSettings = {
  /** 0: on no port of their own. */
  readonly metricsPort: number;
  readonly metricsHost: string;
  /** Empty: not on the port of the app. */
  readonly metricsTokenFile: string;
  /** null: no traces. */
  readonly tracesUrl: string | null;
  readonly tracesPercent: number;
};

/** What is measured of this program. */
export type Monitoring = {
  readonly meter: Meter;
  measured(db: Database): Database;
  watch(state: AppState): void;
  /** Where metrics are read on the port of the app; null: not there. */
  readonly door: Door | null;
  close(): Promise<void>;
};

/**
 * Starts measuring if somebody is to read it; otherwise returns null, and none of the code for it is loaded. Throws if
 * the port is taken.
 */
export async function openMonitoring(settings: MonitoringSettings, log: Log): Promise<Monitoring | null> {
  const [metrics, traces] = [await openMetrics(settings, log), await openTraces(settings, log)];
  if (!metrics && !traces) return null;
  const meter = joinMeters([metrics?.prometheus.meter ?? [], traces?.meter ?? []].flat());
  return {
    meter,
    measured: (db) => measureDatabase(db, meter),
    watch: (state) => metrics?.prometheus.watch(gaugesOf(state)),
    door: metrics?.door ?? null,
    async close() {
      await traces?.close();
      await metrics?.close();
    },
  };
}

type Metrics = { readonly prometheus: Prometheus; readonly door: Door | null; close(): Promise<void> };

async function openMetrics(settings: MonitoringSettings, log: Log): Promise<Metrics | null> {
  const { metricsPort: port, metricsHost: host, metricsTokenFile: file } = settings;
  const token = readToken(file);
  if (port === 0 && token === null) return null;
  const { createPrometheus } = await import('./prometheus.ts');
  const prometheus = createPrometheus(version());
  const listener = port === 0 ? null : await listen(createMetricsDoor(prometheus, null), { host, port, log });
  const door = token === null ? null : createMetricsDoor(prometheus, token);
  return { prometheus, door, close: async () => listener?.close(0) };
}

async function openTraces({ tracesUrl, tracesPercent }: MonitoringSettings, log: Log): Promise<Traces | null> {
  if (tracesUrl === null) return null;
  const { createTraces } = await import('./traces.ts');
  return createTraces({ url: tracesUrl, percent: tracesPercent, version: version() }, log);
}

const shortestToken = 16;

function readToken(file: string): string | null {
  const token = readSettingFile('COTERIE_METRICS_TOKEN_FILE', file)?.trim() ?? null;
  if (token !== null && token.length < shortestToken)
    throw new Error(`COTERIE_METRICS_TOKEN_FILE: the token in ${file} has fewer than ${shortestToken} characters.`);
  return token;
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
