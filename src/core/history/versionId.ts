/** The id of a version as the doors see it. */
export function versionId(number: number): string {
  return `v${number}`;
}

/** The number in such an id; undefined: it is none. */
export function versionNumber(id: string): number | undefined {
  const match = /^v([1-9]\d{0,14})$/u.exec(id);
  return match ? Number(match[1]) : undefined;
}
