/** « de Ben », « d’Ada »: the preposition as it stands before a name. An h stays apart, as most readers cannot know it. */
export function withDe(name: string): string {
  const first = name.slice(0, 10).normalize('NFD').charAt(0);
  return /[aeiouœæ]/iu.test(first) ? `d’${name}` : `de ${name}`;
}
