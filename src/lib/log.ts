/** How important a line is. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** The facts of a line: plain values under plain names. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where the program logs what it does. */
export type Log = Readonly<Record<LogLevel, (message: string, fields?: LogFields) => void>> & {
  /** Whether lines of this level are written: for facts that take time to find. */
  isOn(level: LogLevel): boolean;
};

const ranks: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Values under such names never reach a log, whoever passes them by mistake. */
const secretName = /password|passwd|secret|token|authorization|cookie|credential/iu;

/** How lines are written: as JSON objects, or for people. */
export type LogFormat = 'json' | 'text';

type LogOptions = {
  readonly level: LogLevel;
  readonly format?: LogFormat;
  write(line: string): void;
  now?(): Date;
};

/** A log with one JSON object per line (or lines for people to read), from the given level upwards. */
export function createLog(options: LogOptions): Log {
  const now = options.now ?? (() => new Date());
  const isOn = (level: LogLevel) => ranks[level] >= ranks[options.level];
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (!isOn(level)) return;
      const line = { time: now().toISOString(), level, message, ...plain(fields) };
      options.write(options.format === 'text' ? readable(line) : JSON.stringify(line));
    };
  return { isOn, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** A log that discards everything. */
export const silentLog: Log = createLog({ level: 'error', write: () => undefined });

type Line = { readonly time: string; readonly level: LogLevel; readonly message: string };

function readable({ time, level, message, ...facts }: Line): string {
  const told = Object.entries(facts).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    // A line is a line, also of a fault: what others have written begins none.
    return ` ${name}=${/^[\w.:/…-]+$/u.test(text) ? text : JSON.stringify(text)}`;
  });
  return `${time} ${level.toUpperCase().padEnd(5)} ${message}${told.join('')}`;
}

function plain(fields: LogFields): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    result[name] = secretName.test(name) ? '…' : value instanceof Error ? (value.stack ?? value.message) : value;
  }
  return result;
}
