import { capabilities } from '../../../client/src/transport.ts';
import type { Session } from '../../../client/src/types.ts';

/** Somebody to whom a mail goes. */
export interface Recipient {
  readonly name: string;
  readonly address: string;
}

/** How recipients are addressed: for all to see, or each for themselves. */
export type Addressing = 'to' | 'bcc';

/** One mail of those that it takes to reach everybody. */
export interface ComposeLink {
  readonly url: string;
  readonly recipients: readonly Recipient[];
}

/** Longer addresses are cut by some programs, without a word: Windows hands on about so many characters. */
const longestUrl = 1_900;

/** The page of the organisation's webmail, with a place for recipients; null: the person's own program. */
export function composeTemplate({ capabilities: all }: Session): string | null {
  const told = all[capabilities.coterie]?.['composeUrl'];
  return typeof told === 'string' ? told : null;
}

/** Where a mail to these is written: a `mailto:` address (RFC 6068 §2), or the page of the webmail. */
export function composeUrl(addresses: readonly string[], addressing: Addressing, template: string | null): string {
  const list = addresses.map((address) => encodeURIComponent(address).replaceAll('%40', '@')).join(',');
  if (template === null) return addressing === 'to' ? `mailto:${list}` : `mailto:?bcc=${list}`;
  // A webmail that has no place for hidden recipients gets them as the others.
  const isHidden = addressing === 'bcc' && template.includes('{bcc}');
  return template.replace('{to}', isHidden ? '' : list).replace('{bcc}', isHidden ? list : '');
}

/** Whether recipients can be kept from seeing each other. */
export function mayHide(template: string | null): boolean {
  return template === null || template.includes('{bcc}');
}

/** As many mails as it takes to reach everybody once: what does not fit into one address goes into the next. */
export function composeLinks(
  recipients: readonly Recipient[],
  addressing: Addressing,
  template: string | null,
): readonly ComposeLink[] {
  const links: ComposeLink[] = [];
  let part: Recipient[] = [];
  const urlOf = (some: readonly Recipient[]) =>
    composeUrl(
      some.map(({ address }) => address),
      addressing,
      template,
    );
  for (const recipient of withoutRepetition(recipients)) {
    if (part.length > 0 && urlOf([...part, recipient]).length > longestUrl) {
      links.push({ url: urlOf(part), recipients: part });
      part = [];
    }
    part.push(recipient);
  }
  if (part.length > 0) links.push({ url: urlOf(part), recipients: part });
  return links;
}

/** As one types them into a mail: `Ada Démo <ada@demo.example>, …` (RFC 5322 §3.4). */
export function addressLine(recipients: readonly Recipient[]): string {
  return withoutRepetition(recipients)
    .map(({ name, address }) => (name === '' || name === address ? address : `${phrase(name)} <${address}>`))
    .join(', ');
}

function phrase(name: string): string {
  const clean = name.replace(/[\p{Cc}]/gu, ' ');
  return /^[\p{L}\p{N}\p{M} '’-]+$/u.test(clean) ? clean : `"${clean.replace(/["\\]/gu, '\\$&')}"`;
}

function withoutRepetition(recipients: readonly Recipient[]): readonly Recipient[] {
  return [...new Map(recipients.map((recipient) => [recipient.address.toLowerCase(), recipient])).values()];
}
