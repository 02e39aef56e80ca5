/** What JMAP adds to the content of a card (RFC 9610 §3, docs/jmap-extension.md): nothing that somebody wrote. */
export const jmapProperties = ['id', 'addressBookIds', 'fileAs', 'addedByMe'] as const;

/** A card without some of its properties. */
export function without<T extends object>(card: T, names: readonly string[]): Partial<T> {
  return Object.fromEntries(Object.entries(card).filter(([name]) => !names.includes(name))) as Partial<T>;
}
