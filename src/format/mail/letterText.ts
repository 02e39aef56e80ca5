import type { Letter } from './letter.ts';

/** The plain text of a mail: everything that its HTML says. */
export function letterText(letter: Letter): string {
  const blocks = [
    letter.title,
    ...letter.paragraphs,
    letter.fields
      .map((field) => `${field.label}${letter.colon}${field.value}${field.mark ? ` ${field.mark}` : ''}`)
      .join('\n'),
    letter.note && `${letter.note.title}${letter.colon.trimEnd()}\n${quoted(letter.note.text)}`,
    ...letter.buttons.map((button) => `${button.label}${letter.colon.trimEnd()}\n${button.url}`),
    letter.hint,
    // RFC 3676 §4.3: what follows this line is a signature, and no part of an answer.
    `-- \n${letter.footer}${letter.stop ? `\n${letter.stop.label}${letter.colon.trimEnd()} ${letter.stop.url}` : ''}`,
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

function quoted(note: string): string {
  return note
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}
