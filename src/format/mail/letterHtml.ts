import { escapeHtml } from '../page/escapeHtml.ts';
import type { Letter, LetterButton, LetterField } from './letter.ts';

const font = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

// Webmails keep styles on the elements; those that know dark mode also read this sheet.
const darkSheet = `
    @media (prefers-color-scheme: dark) {
      .page { background: #121417 !important; }
      .card { background: #1e2226 !important; border-color: #30363c !important; }
      .ink { color: #eceae6 !important; }
      .muted { color: #a9b0b6 !important; }
      .line { border-color: #30363c !important; }
      .note { background: #262b30 !important; border-color: #66c5cf !important; }
      .mark { color: #f2c069 !important; }
      .primary { background: #66c5cf !important; border-color: #66c5cf !important; color: #0b2429 !important; }
      .secondary { background: transparent !important; border-color: #78818a !important; color: #eceae6 !important; }
    }
    @media (max-width: 480px) {
      .card { padding: 24px 20px !important; }
      .button { display: block !important; margin-right: 0 !important; text-align: center !important; }
    }`;

const style = {
  page: 'margin:0;padding:24px 12px;background:#f3f2ef;',
  card: `max-width:560px;margin:0 auto;padding:32px;box-sizing:border-box;background:#ffffff;border:1px solid #e3e1dc;border-radius:12px;font-family:${font};font-size:15px;line-height:1.5;color:#1c2124;`,
  title: 'margin:0 0 16px;font-size:20px;line-height:1.3;font-weight:600;color:#1c2124;overflow-wrap:anywhere;',
  paragraph: 'margin:0 0 16px;color:#1c2124;overflow-wrap:anywhere;',
  table: 'width:100%;border-collapse:collapse;margin:8px 0 24px;font-size:14px;line-height:1.45;',
  label:
    'width:34%;padding:9px 12px 9px 0;border-top:1px solid #e3e1dc;text-align:left;vertical-align:top;font-weight:400;color:#5a6268;',
  value:
    'padding:9px 0;border-top:1px solid #e3e1dc;vertical-align:top;color:#1c2124;overflow-wrap:anywhere;word-break:break-word;',
  mark: 'font-weight:600;color:#7d4e00;white-space:nowrap;',
  noteTitle: 'margin:0 0 6px;font-size:13px;color:#5a6268;',
  note: 'margin:0 0 24px;padding:12px 16px;background:#f7f6f4;border-left:3px solid #0f6674;border-radius:4px;color:#1c2124;white-space:pre-wrap;overflow-wrap:anywhere;',
  buttons: 'margin:0 0 8px;',
  button:
    'display:inline-block;box-sizing:border-box;margin:0 8px 10px 0;padding:11px 20px;border:1px solid;border-radius:7px;font-size:15px;line-height:1.35;font-weight:600;text-decoration:none;',
  primary: 'background:#0f6674;border-color:#0f6674;color:#ffffff;',
  secondary: 'background:#ffffff;border-color:#858b8f;color:#1c2124;',
  hint: 'margin:0;font-size:13px;color:#5a6268;',
  footer: `max-width:560px;margin:16px auto 0;padding:0 8px;box-sizing:border-box;font-family:${font};font-size:12px;line-height:1.5;color:#5a6268;text-align:center;overflow-wrap:anywhere;`,
};

/** The HTML of a mail: one card, styled on its elements, nothing loaded from anywhere, light and dark. */
export function letterHtml(letter: Letter, subject: string, language: string): string {
  const parts = [
    `<h1 class="ink" style="${style.title}">${escapeHtml(letter.title)}</h1>`,
    ...letter.paragraphs.map((text) => `<p class="ink" style="${style.paragraph}">${escapeHtml(text)}</p>`),
    letter.fields.length > 0 && `<table style="${style.table}">\n${letter.fields.map(row).join('\n')}\n</table>`,
    letter.note &&
      `<p class="muted" style="${style.noteTitle}">${escapeHtml(letter.note.title)}</p>\n<blockquote class="note ink" style="${style.note}">${escapeHtml(letter.note.text)}</blockquote>`,
    letter.buttons.length > 0 && `<p style="${style.buttons}">\n${letter.buttons.map(link).join('\n')}\n</p>`,
    letter.hint && `<p class="muted" style="${style.hint}">${escapeHtml(letter.hint)}</p>`,
  ];
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="supported-color-schemes" content="light dark">
    <title>${escapeHtml(subject)}</title>
    <style>${darkSheet}
    </style>
  </head>
  <body class="page" style="${style.page}">
<div class="page" style="${style.page.replace('24px 12px', '0')}">
<div class="card ink" style="${style.card}">
${parts.filter(Boolean).join('\n')}
</div>
<p class="muted" style="${style.footer}">${escapeHtml(letter.footer)}</p>
</div>
  </body>
</html>
`;
}

function row(field: LetterField): string {
  const mark = field.mark ? ` <span class="mark" style="${style.mark}">${escapeHtml(field.mark)}</span>` : '';
  return `<tr><th scope="row" class="muted line" style="${style.label}">${escapeHtml(field.label)}</th><td class="ink line" style="${style.value}">${escapeHtml(field.value)}${mark}</td></tr>`;
}

function link(button: LetterButton): string {
  const look = button.isPrimary ? 'primary' : 'secondary';
  return `<a class="button ${look}" href="${escapeHtml(button.url)}" style="${style.button}${style[look]}">${escapeHtml(button.label)}</a>`;
}
