import { ConfigError } from '../config.ts';
import type { Config } from '../config.ts';

/** What a data directory holds: an invented organisation, or a real one. */
export type Mode = 'demonstration' | 'real';

/** Whoever sets one of these has a real organisation in mind. */
const signsOfReality = ['COTERIE_URL', 'COTERIE_ORGANISATION', 'COTERIE_SMTP_URL', 'COTERIE_LDAP_URL'];

/**
 * What to open, given what the directory held at the last start (undefined: it is new). A demonstration never turns
 * into a real organisation: its passwords are known to everybody, so it is also only for this machine.
 */
export function chooseMode(config: Config, remembered: Mode | undefined): Mode {
  const mode = remembered ?? modeOfNew(config);
  if (mode === 'real' && config.demo === 'on') {
    throw new ConfigError(
      `${config.data} holds a real organisation: leave COTERIE_DEMO out, or set COTERIE_DATA to another directory for a demonstration.`,
    );
  }
  if (mode === 'demonstration' && config.demo === 'off') {
    throw new ConfigError(
      `${config.data} holds a demonstration: set COTERIE_DATA to another directory for your organisation.`,
    );
  }
  if (mode === 'demonstration' && !isOnlyHere(config)) {
    throw new ConfigError(
      'The passwords of the demonstration are known to everybody, so it is only for this machine: leave COTERIE_HOST and ' +
        'COTERIE_URL out, or start your own organisation with COTERIE_DEMO=off and another COTERIE_DATA.',
    );
  }
  return mode;
}

function modeOfNew(config: Config): Mode {
  if (config.demo !== 'auto') return config.demo === 'on' ? 'demonstration' : 'real';
  return signsOfReality.some((name) => config.chosen.has(name)) || !isLoopback(config.host) ? 'real' : 'demonstration';
}

function isOnlyHere(config: Config): boolean {
  return isLoopback(config.host) && (config.url === null || isLoopback(new URL(config.url).hostname));
}

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/iu.test(host);
}
