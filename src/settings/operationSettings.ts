import { setting } from './setting.ts';
import { address, host, oneOf, text, whole } from './values.ts';

/** How the program is watched, and how it ends. */
export const operationSettings = {
  logFormat: setting(
    'COTERIE_LOG_FORMAT',
    'json',
    oneOf('json', 'text'),
    'The format of the log: `json` for programs, `text` for people.',
  ),
  metricsPort: setting(
    'COTERIE_METRICS_PORT',
    '0',
    whole(0, 65_535),
    'A separate port on which Prometheus reads `/metrics`; 0: none (docs/operation/monitoring.md).',
  ),
  metricsHost: setting(
    'COTERIE_METRICS_HOST',
    '127.0.0.1',
    host,
    'The address on which `COTERIE_METRICS_PORT` listens. There is no sign-in on this port.',
  ),
  metricsTokenFile: setting(
    'COTERIE_METRICS_TOKEN_FILE',
    '',
    text,
    'A file with a secret: whoever sends it as `Authorization: Bearer` can also read `/metrics` on the port of the app.',
  ),
  tracesUrl: setting(
    'COTERIE_TRACES_URL',
    '',
    address,
    'The OpenTelemetry collector to which traces are sent (OTLP over HTTP, at `/v1/traces`), for example `http://127.0.0.1:4318`; without it there are no traces.',
  ),
  tracesPercent: setting('COTERIE_TRACES_PERCENT', '10', whole(1, 100), 'The percentage of traces that are sent.'),
  drainSeconds: setting(
    'COTERIE_DRAIN_SECONDS',
    '0',
    whole(0, 600),
    'When told to stop, the program keeps answering for this many seconds while `/health/ready` says 503: as long as a load balancer needs to notice.',
  ),
  stopSeconds: setting(
    'COTERIE_STOP_SECONDS',
    '10',
    whole(0, 600),
    'How many seconds running requests have to finish when the program stops.',
  ),
};
