/** A setting: its name in the environment, its default as one would write it, how it is read, and what it means. */
export type Setting<T> = {
  readonly name: string;
  readonly default: string;
  /** Throws a phrase that completes « COTERIE_X … ». */
  readonly read: (text: string) => T;
  readonly meaning: string;
};

/** A row of the table of settings. */
export function setting<T>(name: string, fallback: string, read: (text: string) => T, meaning: string): Setting<T> {
  return { name, default: fallback, read, meaning };
}
