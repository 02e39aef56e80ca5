/** The result of checking one rule. */
export type Finding = {
  /** What is to hold, as a sentence. */
  readonly holds: string;
  readonly checked: number;
  readonly faults: number;
  /** The first row for which it does not hold: its table, its key, and what is wrong where the sentence does not say it. */
  readonly first: string | null;
};

/** Counts what is checked, page by page; of the faults only the first is kept. */
export type Tally = { look(rows?: number): void; fault(row: string): void; finding(): Finding };

/** A tally for one rule. */
export function createTally(holds: string): Tally {
  let [checked, faults, first]: [number, number, string | null] = [0, 0, null];
  return {
    look: (rows = 1) => void (checked += rows),
    fault(row) {
      faults += 1;
      first ??= row;
    },
    finding: () => ({ holds, checked, faults, first }),
  };
}
