import type { Letter } from './letter.ts';

/** What a person adds in words of their own; null: nothing. */
export function letterNote(note: string | null | undefined, title: string): Letter['note'] {
  // Line ends stay; nothing else that controls a terminal or a reader.
  const text = (note ?? '')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
  return text === '' ? null : { title, text };
}
