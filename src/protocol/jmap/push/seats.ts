/** How many connections each person has open. */
export type Seats = {
  /** Takes a seat, to be given back by the returned function; null when the person has all of theirs already. */
  take(personId: string): (() => void) | null;
};

/** So many at a time for each person: windows and devices, and some to spare for those that have gone unnoticed. */
export function createSeats(most = 32): Seats {
  const taken = new Map<string, number>();
  return {
    take(personId) {
      const count = taken.get(personId) ?? 0;
      if (count >= most) return null;
      taken.set(personId, count + 1);
      let isGiven = false;
      return () => {
        if (isGiven) return;
        isGiven = true;
        const left = taken.get(personId)! - 1;
        if (left === 0) taken.delete(personId);
        else taken.set(personId, left);
      };
    },
  };
}
