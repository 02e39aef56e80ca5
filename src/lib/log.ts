/** How much it matters. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** The facts of a line: plain values under plain names. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where the program says what it does. */
export type Log = Readonly<Record<LogLevel, (message: string, fields?: LogFields) => void>> & {
  /** Whether lines of this level are written: for facts that take time to find. */
  isOn(level: LogLevel): boolean;
};

const ranks: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Values under such names never reach a log, whoever passes them by mistake. */
const secretName = /password|passwd|secret|token|authorization|cookie|credential/iu;

/** A log of one JSON object per line, from the given level upwards. */
export function createLog(options: { level: LogLevel; write(line: string): void; now?(): Date }): Log {
  const now = options.now ?? (() => new Date());
  const isOn = (level: LogLevel) => ranks[level] >= ranks[options.level];
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (!isOn(level)) return;
      options.write(JSON.stringify({ time: now().toISOString(), level, message, ...plain(fields) }));
    };
  return { isOn, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** A log that says nothing. */
export const silentLog: Log = createLog({ level: 'error', write: () => undefined });

function plain(fields: LogFields): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    result[name] = secretName.test(name) ? '…' : value instanceof Error ? (value.stack ?? value.message) : value;
  }
  return result;
}
