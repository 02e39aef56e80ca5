import type { MailKind } from '../../core/preferences/mailChoices.ts';
import { escapeHtml } from '../../format/page/escapeHtml.ts';
import { htmlPage } from '../../format/page/htmlPage.ts';
import { linkPageStyle } from './sharedPage.ts';

type Language = 'fr' | 'en';

/** Where somebody stands who came by the link in a mail. */
export type UnsubscribeStep = 'ask' | 'done' | 'again' | 'wrong';

type Words = {
  readonly kinds: Readonly<Record<MailKind, string>>;
  readonly title: Readonly<Record<UnsubscribeStep, string>>;
  readonly text: (step: UnsubscribeStep, kind: string) => string;
  readonly button: Readonly<Record<'ask' | 'done', string>>;
  readonly more: string;
};

const french: Words = {
  kinds: {
    created: 'un dossier est partagé avec vous',
    modified: 'un partage qui vous concerne est modifié',
    ended: 'un partage qui vous concerne prend fin',
    answered: 'quelqu’un accepte ou refuse ce que vous proposez ou demandez',
    asked: 'quelqu’un vous demande l’accès à un dossier, ou de le reprendre',
  },
  title: {
    ask: 'Ne plus recevoir ces mails ?',
    done: 'Vous ne recevrez plus ces mails',
    again: 'Vous recevrez de nouveau ces mails',
    wrong: 'Ce lien n’est pas valable',
  },
  text: (step, kind) =>
    step === 'wrong'
      ? 'L’adresse est peut-être incomplète. Dans l’application, vos mails se choisissent dans les Préférences.'
      : step === 'ask'
        ? `Il s’agit des mails envoyés quand ${kind}. L’application continuera de vous le signaler.`
        : step === 'done'
          ? `Quand ${kind}, l’application seule vous le signalera.`
          : `Un mail vous sera envoyé quand ${kind}.`,
  button: { ask: 'Ne plus recevoir ces mails', done: 'Les recevoir de nouveau' },
  more: 'Choisir mes mails dans les Préférences',
};

const english: Words = {
  kinds: {
    created: 'a folder is shared with you',
    modified: 'a share that concerns you is changed',
    ended: 'a share that concerns you ends',
    answered: 'somebody accepts or declines what you offer or ask for',
    asked: 'somebody asks you for access to a folder, or to take one over',
  },
  title: {
    ask: 'Stop getting these mails?',
    done: 'You will not get these mails any more',
    again: 'You will get these mails again',
    wrong: 'This link is not valid',
  },
  text: (step, kind) =>
    step === 'wrong'
      ? 'The address may be incomplete. In the app you choose your mails in the Preferences.'
      : step === 'ask'
        ? `These are the mails sent when ${kind}. The app will go on telling you.`
        : step === 'done'
          ? `When ${kind}, the app alone will tell you.`
          : `A mail will be sent to you when ${kind}.`,
  button: { ask: 'Stop these mails', done: 'Get them again' },
  more: 'Choose my mails in the Preferences',
};

const words: Readonly<Record<Language, Words>> = { fr: french, en: english };

/** The page behind the link in a mail: it asks, or says what has been done and how to take it back. */
export function unsubscribePage(options: {
  readonly language: Language;
  readonly nonce: string;
  readonly organisation: string;
  readonly step: UnsubscribeStep;
  readonly kind: MailKind | null;
  /** The address of the link itself. */
  readonly path: string;
}): string {
  const { language, nonce, organisation, step, kind, path } = options;
  const { kinds, title, text, button, more } = words[language];
  const form =
    step === 'ask' || step === 'done'
      ? `<form method="post" action="${escapeHtml(step === 'ask' ? path : `${path}/again`)}"><button class="button${step === 'ask' ? ' primary' : ''}">${escapeHtml(button[step])}</button></form>\n`
      : '';
  const body = `<main>
<div class="card">
<h1>${escapeHtml(title[step])}</h1>
<p class="muted facts">${escapeHtml(text(step, kind === null ? '' : kinds[kind]))}</p>
${form}<p class="small"><a href="/preferences/mails">${escapeHtml(more)}</a></p>
</div>
<footer class="muted">${escapeHtml(organisation)}</footer>
</main>`;
  return htmlPage({ title: `${title[step]} – ${organisation}`, language, nonce, style: linkPageStyle, body });
}
