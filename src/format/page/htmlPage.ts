import { escapeHtml } from './escapeHtml.ts';
import { pageStyle } from './pageStyle.ts';

/** A page that the server draws itself. `body` and `style` are trusted; names in them are escaped already. */
export type Page = {
  readonly title: string;
  readonly language: 'fr' | 'en';
  /** The nonce of this reply's Content-Security-Policy. */
  readonly nonce: string;
  readonly style: string;
  readonly body: string;
  /** A script of ours, by its address. */
  readonly script?: string;
};

/** The page as HTML, in the look of the app; search engines stay away. */
export function htmlPage({ title, language, nonce, style, body, script }: Page): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>${escapeHtml(title)}</title>
<link rel="icon" type="image/svg+xml" href="/icon.svg">
<style nonce="${nonce}">${pageStyle}${style}</style>${script ? `\n<script src="${escapeHtml(script)}" defer></script>` : ''}
</head>
<body>
${body}
</body>
</html>
`;
}

/** The policy of such a page: nothing but its own style, the icon, and what is named here. */
export function pagePolicy(nonce: string, more: readonly string[] = []): string {
  const always = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return [...always, ...more].join('; ');
}
