import { escapeHtml } from '../page/escapeHtml.ts';
import type { Letter, LetterButton, LetterField } from './letter.ts';
import { letterStyle as style, letterSheet } from './letterStyle.ts';

// Outlook on Windows draws with Word: it needs a table of a fixed width, and its own sizes.
const outlook = (text: string) => `<!--[if mso]>${text}<![endif]-->`;

/**
 * The HTML of a mail: one card made of tables, styled on its elements, nothing loaded from anywhere, light and dark.
 * Of what a mail program drops, nothing is needed to read it.
 */
export function letterHtml(letter: Letter, subject: string, language: string): string {
  const parts = [
    `<h1 class="ink" style="${style.title}">${escapeHtml(letter.title)}</h1>`,
    ...letter.paragraphs.map((text) => `<p class="ink" style="${style.paragraph}">${escapeHtml(text)}</p>`),
    letter.fields.length > 0 && fields(letter.fields),
    letter.note && note(letter.note),
    letter.buttons.length > 0 && `<div style="${style.buttons}">\n${letter.buttons.map(button).join('\n')}\n</div>`,
    letter.hint && `<p class="muted" style="${style.hint}">${escapeHtml(letter.hint)}</p>`,
  ];
  return `<!doctype html>
<html lang="${language}" xmlns="http://www.w3.org/1999/xhtml">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="supported-color-schemes" content="light dark">
    <meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
    <title>${escapeHtml(subject)}</title>
    <style>${letterSheet}
    </style>
  </head>
  <body class="page" style="${style.body}">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f3f2ef" style="${style.page}"><tr><td align="center" style="${style.around}">
${outlook('<table role="presentation" width="560" cellpadding="0" cellspacing="0" border="0"><tr><td>')}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="${style.frame}"><tr><td class="card ink" align="left" bgcolor="#ffffff" style="${style.card}">
${parts.filter(Boolean).join('\n')}
</td></tr><tr><td class="muted" align="center" style="${style.footer}">${escapeHtml(letter.footer)}${stop(letter)}</td></tr></table>
${outlook('</td></tr></table>')}
</td></tr></table>
  </body>
</html>
`;
}

function fields(all: readonly LetterField[]): string {
  return `<table width="100%" cellpadding="0" cellspacing="0" border="0" style="${style.table}">\n${all.map(row).join('\n')}\n</table>`;
}

function row(field: LetterField): string {
  const mark = field.mark ? ` <span class="mark" style="${style.mark}">${escapeHtml(field.mark)}</span>` : '';
  return `<tr><th scope="row" class="muted line" width="34%" align="left" valign="top" style="${style.label}">${escapeHtml(field.label)}</th><td class="ink line" align="left" valign="top" style="${style.value}">${escapeHtml(field.value)}${mark}</td></tr>`;
}

function note({ title, text }: { readonly title: string; readonly text: string }): string {
  // Word knows no `pre-wrap`: lines are ended by hand, and it still reads as one text elsewhere.
  const lines = escapeHtml(text).replaceAll('\n', '<br>\n');
  return `<p class="muted" style="${style.noteTitle}">${escapeHtml(title)}</p>\n<blockquote class="note ink" style="${style.note}">${lines}</blockquote>`;
}

/** A cell with a colour is a button everywhere; the link in it fills it. */
function button({ label, url, isPrimary }: LetterButton): string {
  const look = isPrimary ? 'primary' : 'secondary';
  return `<table role="presentation" class="button" align="left" cellpadding="0" cellspacing="0" border="0" style="${style.buttonFrame}"><tr><td class="${look}" align="center" bgcolor="${isPrimary ? '#0f6674' : '#ffffff'}" style="${style.button}${style[look]}"><a class="${look}-text" href="${escapeHtml(url)}" style="${style.link}${style[`${look}Text`]}">${escapeHtml(label)}</a></td></tr></table>`;
}

function stop({ stop: link }: Letter): string {
  if (!link) return '';
  return `<br><a class="muted" href="${escapeHtml(link.url)}" style="${style.stop}">${escapeHtml(link.label)}</a>`;
}
