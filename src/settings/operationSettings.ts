import { setting } from './setting.ts';
import { address, host, oneOf, text, whole } from './values.ts';

/** How the program is watched, and how it ends. */
export const operationSettings = {
  logFormat: setting(
    'COTERIE_LOG_FORMAT',
    'json',
    oneOf('json', 'text'),
    'How the lines of the log are written: `json` for programs, `text` for people.',
  ),
  metricsPort: setting(
    'COTERIE_METRICS_PORT',
    '0',
    whole(0, 65_535),
    'The port on which Prometheus reads `/metrics`, apart from everything else; 0: none (docs/operation/monitoring.md).',
  ),
  metricsHost: setting(
    'COTERIE_METRICS_HOST',
    '127.0.0.1',
    host,
    'The address on which `COTERIE_METRICS_PORT` listens. Nobody is asked who they are there.',
  ),
  metricsTokenFile: setting(
    'COTERIE_METRICS_TOKEN_FILE',
    '',
    text,
    'A file with a secret: whoever sends it as `Authorization: Bearer` reads `/metrics` on the port of the app, too.',
  ),
  tracesUrl: setting(
    'COTERIE_TRACES_URL',
    '',
    address,
    'The collector that traces are sent to by OpenTelemetry’s protocol (OTLP over HTTP, at `/v1/traces`), for example `http://127.0.0.1:4318`; without it there are none.',
  ),
  tracesPercent: setting('COTERIE_TRACES_PERCENT', '10', whole(1, 100), 'How many of a hundred traces are sent.'),
  drainSeconds: setting(
    'COTERIE_DRAIN_SECONDS',
    '0',
    whole(0, 600),
    'When it is told to end, it goes on answering so many seconds while `/health/ready` says 503: as long as a load balancer needs to notice.',
  ),
  stopSeconds: setting(
    'COTERIE_STOP_SECONDS',
    '10',
    whole(0, 600),
    'Requests that are under way at the end have so many seconds to be finished.',
  ),
};
