/**
 * Looks up a name that comes from outside in a table: only the table's own rows, nothing that every object inherits.
 */
export function ownValue<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
