import { describeError } from '../../../api/errors.ts';
import { client } from '../../../api/jmap.ts';
import type { ContactCard } from '../../../../client/src/types.ts';
import { messages } from '../../../locales/messages.ts';
import type { CardRef } from '../../../model/cards/card-ref.ts';
import { contentOf, firstEmail, spokenName } from '../../../model/cards/card-summary.ts';
import { addressLine, composeLinks, composeTemplate, composeUrl, type Recipient } from '../../../model/mail/compose.ts';
import { copyText } from '../../../ui/copy-text.ts';
import { loadDialog } from '../../../ui/dialog-host.tsx';
import { showFailure, showToast } from '../../../ui/toasts.tsx';
import { loadCards } from './load-cards.ts';

/** Where a mail to one address is written. */
export function mailUrl(address: string): string {
  return composeUrl([address], 'to', template());
}

/** « Nouveau mail » to the first address of each card, and to whoever is in a group. */
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

function isGroup(card: ContactCard): boolean {
  return contentOf(card).kind === 'group';
}

async function recipientsIn(members: readonly string[]): Promise<readonly Recipient[]> {
  if (members.length === 0) return [];
  const { recipientsOfGroup } = await import('../../../model/cards/group-members.ts');
  return recipientsOfGroup(members, Object.keys(client.session?.accounts ?? {}));
}

async function recipientsOf(refs: readonly CardRef[]): Promise<readonly Recipient[] | null> {
  try {
    const cards = await loadCards(refs, ['kind', 'name', 'emails', 'organizations', 'members']);
    const [groups, people] = [cards.filter(isGroup), cards.filter((card) => !isGroup(card))];
    const all = people.map((card) => ({ name: spokenName(card), address: firstEmail(card) }));
    const members = groups.flatMap((card) => Object.keys(contentOf(card).members ?? {}));
    return [...all.filter(({ address }) => address !== ''), ...(await recipientsIn(members))];
  } catch (error) {
    showFailure(describeError(error));
    return null;
  }
}
