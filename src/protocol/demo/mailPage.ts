import type { CapturedMail } from '../../core/outbox/capturedMail.ts';
import type { Mailbox } from '../../format/mail/outgoingMail.ts';
import { escapeHtml } from '../../format/page/escapeHtml.ts';
import { htmlPage } from '../../format/page/htmlPage.ts';
import { mailStyle } from './mailStyle.ts';
import { mailWords } from './mailWords.ts';

/** What the page shows. */
export type MailView = {
  readonly language: 'fr' | 'en';
  readonly mails: readonly CapturedMail[];
  readonly recipients: readonly string[];
  /** The id of the newest mail to anybody. */
  readonly newest: string;
  /** Whose mails are shown; null: everybody's. */
  readonly recipient: string | null;
  /** The mail that is open; undefined: it is gone. */
  readonly open: CapturedMail | null | undefined;
  readonly asText: boolean;
};

/** The whole page: the list, and the mail that is open. */
export function mailPage(view: MailView, nonce: string): string {
  const words = mailWords[view.language];
  const body = `<header>
<h1>${words.title}</h1><p class="muted">${words.explanation}</p><a href="/">${words.back}</a>
</header>
<main class="panes${view.open === null ? '' : ' reading'}">
<nav aria-label="${words.mails}" id="mails" data-newest="${view.newest}" data-list="${escapeHtml(pathTo('/list', view.recipient, view.open?.id))}">
${mailList(view)}
</nav>
<div class="reader">
${view.open ? openMail(view, view.open) : nothingOpen(view)}
</div>
</main>
<p class="hidden" role="status" id="news"></p>`;
  const title = view.open ? `${view.open.message.subject} – ${words.title}` : words.title;
  return htmlPage({ title, language: view.language, nonce, style: mailStyle, body, script: '/demo/mail/refresh.js' });
}

/** The recipients to choose from, and the mails: the part that renews itself. */
export function mailList(view: MailView): string {
  const words = mailWords[view.language];
  if (view.recipients.length === 0)
    return `<div class="empty"><h2>${words.empty}</h2><p>${words.emptyAdvice}</p></div>`;
  const choices = [null, ...view.recipients].map((recipient) => {
    const current = recipient === view.recipient ? ' aria-current="true"' : '';
    return `<a href="${escapeHtml(pathTo('', recipient))}"${current}>${escapeHtml(recipient ?? words.everybody)}</a>`;
  });
  const newest = view.mails[0];
  const list =
    view.mails.length === 0
      ? `<div class="empty"><h2>${words.empty}</h2></div>`
      : `<ul class="mails">\n${view.mails.map((mail) => row(view, mail)).join('\n')}\n</ul>`;
  const news = newest ? ` data-news="${escapeHtml(words.arrived(newest.message.subject))}"` : '';
  return `<div class="filter" role="group" aria-label="${words.recipients}"${news}>\n${choices.join('\n')}\n</div>\n${list}`;
}

function row(view: MailView, { id, sentAt, message }: CapturedMail): string {
  const current = id === view.open?.id ? ' aria-current="page"' : '';
  return `<li><a href="${escapeHtml(pathTo(`/${id}`, view.recipient))}"${current}><span class="who">${escapeHtml(message.to.name || message.to.address)}</span><time datetime="${sentAt}">${timeText(view.language, sentAt)}</time><span class="subject">${escapeHtml(message.subject)}</span></a></li>`;
}

function nothingOpen(view: MailView): string {
  const words = mailWords[view.language];
  if (view.open === undefined)
    return `<div class="empty"><p>${words.gone}</p><p><a href="/demo/mail">${words.backToList}</a></p></div>`;
  return view.mails.length === 0 ? '' : `<div class="empty"><p>${words.choose}</p></div>`;
}

function openMail(view: MailView, { id, message }: CapturedMail): string {
  const words = mailWords[view.language];
  const fact = (label: string, box: Mailbox | null) =>
    box ? `<dt>${label}</dt><dd>${escapeHtml(boxText(box))}</dd>` : '';
  const tab = (label: string, href: string, isCurrent: boolean) =>
    `<a href="${escapeHtml(href)}"${isCurrent ? ' aria-current="true"' : ''}>${label}</a>`;
  const path = pathTo(`/${id}`, view.recipient);
  const content = view.asText
    ? `<pre tabindex="0" role="region" aria-label="${words.text}">${escapeHtml(message.text)}</pre>`
    : `<iframe sandbox="${frameRights}" src="/demo/mail/${id}/html" title="${escapeHtml(words.frame(message.subject))}"></iframe>`;
  return `<div class="head">
<a class="close" href="${escapeHtml(pathTo('', view.recipient))}">← ${words.backToList}</a>
<h2>${escapeHtml(message.subject)}</h2>
<dl>${fact(words.from, message.from)}${fact(words.to, message.to)}${fact(words.replyTo, message.replyTo)}</dl>
<div class="tabs" role="group" aria-label="${words.views}">${tab(words.html, path, !view.asText)}${tab(words.text, `${path}${path.includes('?') ? '&' : '?'}view=text`, view.asText)}</div>
</div>
${content}`;
}

/** What a mail may do in its frame: its links lead somewhere when they are clicked, and nothing else. */
export const frameRights = 'allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation';

function pathTo(rest: string, recipient: string | null, open?: string): string {
  const query = new URLSearchParams();
  if (recipient !== null) query.set('to', recipient);
  if (open !== undefined) query.set('open', open);
  return `/demo/mail${rest}${query.size > 0 ? `?${query}` : ''}`;
}

function boxText({ name, address }: Mailbox): string {
  return name === '' || name === address ? address : `${name} <${address}>`;
}

function timeText(language: 'fr' | 'en', iso: string): string {
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(
    new Date(iso),
  );
}
