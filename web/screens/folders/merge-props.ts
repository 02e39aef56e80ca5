type Props = Readonly<Record<string, unknown>>;

/** Joins the properties of two behaviours of one element; event handlers of both are called. */
export function mergeProps(...all: readonly object[]): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  for (const props of all as readonly Props[]) {
    for (const [key, value] of Object.entries(props)) merged[key] = join(merged[key], value);
  }
  return merged;
}

function join(before: unknown, after: unknown): unknown {
  if (typeof before !== 'function' || typeof after !== 'function') return after === undefined ? before : after;
  return (...args: unknown[]) => {
    before(...args);
    after(...args);
  };
}
