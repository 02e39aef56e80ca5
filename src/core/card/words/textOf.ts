import type { SearchWords } from '../../../format/jscontact/searchText.ts';

/** The words as one text: ` g.jean s.martin `. */
export function textOf(tokens: SearchWords['tokens']): string {
  let text = ' ';
  for (const { field, token } of tokens) text += `${field}.${token} `;
  return text;
}
