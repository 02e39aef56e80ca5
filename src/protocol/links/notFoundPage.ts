import { escapeHtml } from '../../format/page/escapeHtml.ts';
import { htmlPage } from '../../format/page/htmlPage.ts';
import { linkPageStyle } from './sharedPage.ts';

const words = {
  fr: {
    title: 'Ce dossier est introuvable',
    text: 'Il n’existe pas, ou il n’est pas partagé avec vous.',
    advice:
      'Son propriétaire l’a peut-être renommé, déplacé, ou a retiré le partage : demandez-lui l’adresse actuelle.',
    back: 'Ouvrir mes contacts',
  },
  en: {
    title: 'This folder cannot be found',
    text: 'There is no such folder, or it is not shared with you.',
    advice: 'Its owner may have renamed or moved it, or revoked the share: ask them for the present address.',
    back: 'Open my contacts',
  },
} as const;

/** What a browser shows for a folder that is not there for this person; never why. */
export function notFoundPage(options: { language: 'fr' | 'en'; nonce: string; home: string }): string {
  const { language, nonce, home } = options;
  const { title, text, advice, back } = words[language];
  const body = `<main>
<div class="card">
<h1>${title}</h1>
<p>${text}</p>
<p class="muted small">${advice}</p>
<p class="terms"><a href="${escapeHtml(home)}">${back}</a></p>
</div>
</main>`;
  return htmlPage({ title, language, nonce, style: linkPageStyle, body });
}

/** The same for programs, in both languages. */
export const notFoundText = `${words.fr.text}\n${words.en.text}\n`;
