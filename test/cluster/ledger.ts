/** What became of a write, as whoever wrote it knows. */
export type Outcome =
  /** The server has said that it is done. */
  | 'acknowledged'
  /** It has said that it is not done: something else was there than the writer thought. */
  | 'refused'
  /** The connection was lost, or the server was unavailable: it may have been done, or may yet be. */
  | 'unclear';

/** What is there: the text by which a write is known; null: nothing. */
export type Value = string | null;

/** Who keeps account of what was written and read, and finds what cannot be. */
export type Ledger = {
  /** Notes a write before it is sent; what becomes of it is told to the answer. */
  begin(place: string, value: Value): (outcome: Outcome) => void;
  /** Notes what the writer has read there, between two writes. */
  seen(place: string, value: Value): void;
  /** Compares what is there at the end with what may be. */
  compare(there: ReadonlyMap<string, string>): void;
  /** Sentences about what cannot be. */
  readonly problems: string[];
  readonly counts: Record<Outcome, number>;
};

/**
 * Each place has one writer, who writes one thing after the other, each on the condition that what they know is still there. So
 * a write that was acknowledged leaves nothing of those before it, and one that is unclear can come late, but not behind another.
 */
export function openLedger(): Ledger {
  const places = new Map<string, { certain: Value; unclear: Value[] }>();
  const problems: string[] = [];
  const counts = { acknowledged: 0, refused: 0, unclear: 0 };
  const placeOf = (name: string) => {
    const place = places.get(name) ?? { certain: null, unclear: [] };
    places.set(name, place);
    return place;
  };
  const check = (when: string, name: string, value: Value): boolean => {
    const { certain, unclear } = placeOf(name);
    const isPossible = value === certain || unclear.includes(value);
    if (!isPossible) problems.push(`${name}: ${when} ${value}, but it must be ${[certain, ...unclear].join(' or ')}`);
    return isPossible;
  };

  return {
    problems,
    counts,
    begin(name, value) {
      const place = placeOf(name);
      return (outcome) => {
        counts[outcome] += 1;
        if (outcome === 'acknowledged') Object.assign(place, { certain: value, unclear: [] });
        if (outcome === 'unclear') place.unclear.push(value);
      };
    },
    seen(name, value) {
      const place = placeOf(name);
      // Once one of them has come, the others find something else than they were to replace.
      if (check('read', name, value) && value !== place.certain) Object.assign(place, { certain: value, unclear: [] });
    },
    compare(there) {
      for (const name of places.keys()) check('at the end', name, there.get(name) ?? null);
      for (const [name, value] of there)
        if (!places.has(name)) problems.push(`${name}: at the end ${value}, but nobody has written it`);
    },
  };
}
