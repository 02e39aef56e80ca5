import { type ColorName, colorNames } from '../../../ui/color.ts';

/** The colour of a tag: the one that was chosen, else one that is always the same for the same word. */
export function tagColor(keyword: string, chosen: Readonly<Record<string, string>> | undefined): string {
  return chosen?.[keyword] ?? usualColor(keyword);
}

// Grey says that nobody has chosen.
const usual = colorNames.filter((name) => name !== 'gray');

function usualColor(keyword: string): ColorName {
  let hash = 0;
  for (const character of keyword.toLocaleLowerCase()) hash = (Math.imul(hash, 31) + character.codePointAt(0)!) >>> 0;
  return usual[hash % usual.length] ?? 'blue';
}
