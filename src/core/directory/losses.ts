/** How many missing entries the mirror may believe. */
export type LossRule = {
  /** An administrator has said that so many are really gone. */
  readonly acceptLosses?: boolean | undefined;
};

/**
 * Whether so many entries are missing at once that the settings are more likely to be wrong (another base, a filter,
 * the rights of the account that asks) than that they all left: then nobody is locked out before an administrator has
 * looked.
 */
export function isDoubtful(missing: number, asked: number, { acceptLosses = false }: LossRule): boolean {
  if (acceptLosses) return false;
  return missing > Math.max(5, asked / 4) || (missing === asked && asked > 1);
}

/** The message to administrators in that case. */
export function doubt(missing: number, asked: number): string {
  return (
    `${missing} of ${asked} entries are not in the directory any more. Nobody was kept out: check base and filters. ` +
    'If they are really gone, run: coterie directory sync --accept-losses'
  );
}
