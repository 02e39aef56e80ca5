import { describeError } from '../../../api/errors.ts';
import { client } from '../../../api/jmap.ts';
import { messages } from '../../../locales/messages.ts';
import type { CardRef } from '../../../model/cards/card-ref.ts';
import { firstEmail, spokenName } from '../../../model/cards/card-summary.ts';
import { addressLine, composeLinks, composeTemplate, composeUrl, type Recipient } from '../../../model/mail/compose.ts';
import { copyText } from '../../../ui/copy-text.ts';
import { loadDialog } from '../../../ui/dialog-host.tsx';
import { showFailure, showToast } from '../../../ui/toasts.tsx';
import { loadCards } from './load-cards.ts';

/** Where a mail to one address is written. */
export function mailUrl(address: string): string {
  return composeUrl([address], 'to', template());
}

/** « Nouveau mail » to the first address of each card. */
export async function writeTo(refs: readonly CardRef[]): Promise<void> {
  const recipients = await recipientsOf(refs);
  if (recipients) await writeToRecipients(recipients);
}

/** « Nouveau mail » to these: at once where one address holds them all, else mail by mail. */
export async function writeToRecipients(recipients: readonly Recipient[]): Promise<void> {
  const [only, ...others] = composeLinks(recipients, 'to', template());
  if (!only) showFailure(messages().contacts.send.noAddress);
  else if (others.length === 0) openCompose(only.url);
  else
    await loadDialog(
      () => import('./write-dialog.tsx'),
      ({ WriteDialog }, close) => <WriteDialog recipients={recipients} template={template()} onClose={close} />,
    );
}

/** « Copier les adresses mail »: as one pastes them into a mail. */
export async function copyAddresses(refs: readonly CardRef[]): Promise<void> {
  const recipients = await recipientsOf(refs);
  if (!recipients) return;
  const { send } = messages().contacts;
  if (recipients.length === 0) showFailure(send.noAddress);
  else if (await copyText(addressLine(recipients), null)) showToast(send.copied(recipients.length));
  else showFailure(send.notCopied);
}

/** Opens the page of the webmail beside the contacts; a `mailto:` address goes to the person's program. */
export function openCompose(url: string): void {
  if (url.startsWith('mailto:')) location.href = url;
  else window.open(url, '_blank', 'noopener');
}

function template(): string | null {
  return client.session ? composeTemplate(client.session) : null;
}

async function recipientsOf(refs: readonly CardRef[]): Promise<readonly Recipient[] | null> {
  try {
    const cards = await loadCards(refs, ['name', 'emails', 'organizations']);
    const all = cards.map((card) => ({ name: spokenName(card), address: firstEmail(card) }));
    return all.filter(({ address }) => address !== '');
  } catch (error) {
    showFailure(describeError(error));
    return null;
  }
}
