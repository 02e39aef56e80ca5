import { colors } from '../../core/addressbook/colors.ts';
import type { LinkedFolder } from '../../core/sharing/links.ts';
import { dateText } from '../../format/dateText.ts';
import { escapeHtml } from '../../format/page/escapeHtml.ts';
import { htmlPage } from '../../format/page/htmlPage.ts';
import { sharedWords } from './sharedWords.ts';

type Language = 'fr' | 'en';

/** One card in the middle: the look of all pages of this door. */
export const linkPageStyle = `
main { max-width: 32rem; margin: 0 auto; padding: clamp(1rem, 8vh, 5rem) 1rem 2rem; }
.card { padding: clamp(1.5rem, 6vw, 2.5rem); background: var(--surface); border: 1px solid var(--line); border-radius: 12px; }
.folder { display: block; width: 44px; height: 44px; margin: 0 0 0.75rem -5px; }
h1 { font-size: 1.5rem; margin-bottom: 0.375rem; }
.facts { margin-bottom: 1.75rem; }
.downloads { display: flex; flex-wrap: wrap; gap: 0.625rem; margin-bottom: 0.75rem; }
.downloads .button { flex: 1 1 12rem; }
.small { font-size: 0.8125rem; }
.terms { margin-top: 1.5rem; padding-top: 1.25rem; border-top: 1px solid var(--line); font-size: 0.875rem; overflow-wrap: anywhere; }
.terms p + p { margin-top: 0.375rem; }
footer { margin-top: 1.25rem; text-align: center; font-size: 0.8125rem; }
p + .small { margin-top: 0.5rem; }
`;

/** What somebody with a link sees: the folder's name, what is in it, and the two files. */
export function sharedPage(
  link: LinkedFolder,
  token: string,
  options: { language: Language; nonce: string; organisation: string },
): string {
  const { language, nonce, organisation } = options;
  const words = sharedWords[language];
  const path = `/shared/${encodeURIComponent(token)}`;
  const { expires_at: expiresAt } = link.share;
  const end = expiresAt === null ? words.noEnd : words.until(dateText(language, expiresAt));
  const body = `<main>
<div class="card">
${folderIcon(link.book.color)}
<h1>${escapeHtml(link.book.name)}</h1>
<p class="muted">${escapeHtml(words.sharedBy(link.ownerName))}</p>
<p class="muted facts">${escapeHtml(words.count(link.book.card_count))}</p>
<div class="downloads">
<a class="button primary" href="${path}.csv${language === 'fr' ? '?separator=%3B' : ''}" download>${escapeHtml(words.csv)}</a>
<a class="button" href="${path}.vcf" download>${escapeHtml(words.vcard)}</a>
</div>
<p class="muted small">${escapeHtml(words.files)}</p>
<div class="terms muted"><p>${escapeHtml(words.forAnyone)}</p><p>${escapeHtml(end)}</p></div>
</div>
${footer(organisation)}
</main>`;
  return htmlPage({ title: `${link.book.name} – ${organisation}`, language, nonce, style: linkPageStyle, body });
}

/** What a link shows that is wrong or has ended: always the same, and what one can do. */
export function gonePage(options: { language: Language; nonce: string; organisation: string }): string {
  const { language, nonce, organisation } = options;
  const words = sharedWords[language];
  const body = `<main>
<div class="card">
<h1>${escapeHtml(words.goneTitle)}</h1>
<p>${escapeHtml(words.gone)}</p>
<p class="muted small">${escapeHtml(words.goneAdvice)}</p>
</div>
${footer(organisation)}
</main>`;
  return htmlPage({ title: words.goneTitle, language, nonce, style: linkPageStyle, body });
}

function footer(organisation: string): string {
  return `<footer class="muted">${escapeHtml(organisation)}</footer>`;
}

/** The colour as an attribute: an inline style would need a hole in the policy. */
function folderIcon(color: string | null): string {
  const named: Readonly<Record<string, string>> = colors;
  const fill = color === null ? '#8d979c' : (named[color] ?? color);
  return `<svg class="folder" viewBox="0 0 24 24" aria-hidden="true"><path fill="${escapeHtml(fill)}" d="M3 6.5A2.5 2.5 0 0 1 5.5 4h3.6c.7 0 1.3.3 1.8.8L12.6 6.5h5.9A2.5 2.5 0 0 1 21 9v8.5a2.5 2.5 0 0 1-2.5 2.5h-13A2.5 2.5 0 0 1 3 17.5z"/></svg>`;
}
