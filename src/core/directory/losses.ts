/** What the mirror may believe of a directory that has lost entries. */
export type LossRule = {
  /** An administrator has said that so many are really gone. */
  readonly acceptLosses?: boolean | undefined;
};

/**
 * Whether so many entries are missing at once that rather the settings are wrong (another base, a filter, rights of the
 * account that asks) than that they all left: then nobody is locked out before an administrator has looked.
 */
export function isDoubtful(missing: number, asked: number, { acceptLosses = false }: LossRule): boolean {
  if (acceptLosses) return false;
  return missing > Math.max(5, asked / 4) || (missing === asked && asked > 1);
}

/** What is said to administrators then. */
export function doubt(missing: number, asked: number): string {
  return (
    `${missing} of ${asked} entries are not in the directory any more. Nobody was kept out: check base and filters. ` +
    'If they are really gone, run: coterie directory sync --accept-losses'
  );
}
