import { dateText } from '../dateText.ts';
import type { Letter, LetterButton, LetterField } from './letter.ts';
import { letterHtml } from './letterHtml.ts';
import { letterNote } from './letterNote.ts';
import { letterText } from './letterText.ts';
import { oneLine } from './oneLine.ts';
import type { MailText } from './outgoingMail.ts';
import { shareMailWords } from './shareMailWords.ts';
import type { ShareMailAction, ShareMailKind, ShareMailRole, ShareMailWords } from './shareMailWords.ts';

/** What a notification tells about a share. The recipient is the one with whom the folder is shared, also where they answer. */
export type ShareMailFacts = {
  /** Who does it: shares, changes, ends, accepts, declines. */
  readonly actorName: string;
  readonly folderName: string;
  readonly ownerName: string;
  readonly ownerEmail?: string | null;
  readonly recipientName: string;
  readonly recipientEmail?: string | null;
  /** The group through which the recipient has the share. */
  readonly granteeName?: string | null;
  readonly role: ShareMailRole;
  /** For the role « custom »: what it holds. */
  readonly rights?: {
    readonly mayRead: boolean;
    readonly mayWrite: boolean;
    readonly mayAdd: boolean;
    readonly mayShare: boolean;
  };
  /** What is new in a modified share. */
  readonly changed?: { readonly role?: boolean; readonly expiresAt?: boolean };
  readonly note?: string | null;
  /** ISO 8601. */
  readonly expiresAt?: string | null;
  /** The zone in which the end date is written; without it the server's. */
  readonly timeZone?: string | null;
  /** The two answers; left out when the recipient has answered. */
  readonly acceptUrl?: string | null;
  readonly declineUrl?: string | null;
  /** The folder itself, or the personal link of a guest. */
  readonly openUrl?: string | null;
  /** Somebody from outside who gets a personal link: until when it is good, and where they sign in afterwards. */
  readonly guest?: { readonly linkExpiresAt: string; readonly signInUrl: string } | null;
  /** Ends such mails for the recipient; left out where they have no choice here. */
  readonly stopUrl?: string | null;
  readonly organisation: string;
};

const actionsOfRole: Readonly<Record<Exclude<ShareMailRole, 'custom'>, readonly ShareMailAction[]>> = {
  none: ['none'],
  viewer: ['view'],
  contributor: ['view', 'add', 'changeOwn'],
  manager: ['view', 'edit', 'add', 'remove'],
  admin: ['view', 'edit', 'add', 'remove', 'administer'],
};

/** What a notification about a share says, as subject, plain text and HTML. */
export function shareMail(kind: ShareMailKind, facts: ShareMailFacts, language: 'fr' | 'en'): MailText {
  const words = shareMailWords[language];
  const named = {
    actor: oneLine(facts.actorName),
    folder: oneLine(facts.folderName),
    owner: oneLine(facts.ownerName),
    group: facts.granteeName ? oneLine(facts.granteeName) : null,
    isForOwner: oneLine(facts.actorName) !== oneLine(facts.ownerName),
  };
  const subject = oneLine(words.subject[kind](named.folder, named.owner), 250);
  const letter: Letter = {
    title: words.title[kind](named),
    paragraphs: paragraphsOf(kind, facts, words, language),
    fields: fieldsOf(kind, facts, words, language),
    note: letterNote(facts.note, words.noteOf(oneLine(facts.actorName))),
    buttons: buttonsOf(kind, facts, words),
    hint: mayAnswer(kind, facts) ? words.asked : null,
    footer: words.footer(oneLine(facts.organisation), named.actor),
    stop: facts.stopUrl ? { label: words.stop, url: facts.stopUrl } : null,
    colon: words.colon,
  };
  return { subject, text: letterText(letter), html: letterHtml(letter, subject, language) };
}

function paragraphsOf(
  kind: ShareMailKind,
  facts: ShareMailFacts,
  words: ShareMailWords,
  language: 'fr' | 'en',
): string[] {
  const all = [words.ending[kind]];
  if (isOffer(kind) && facts.role === 'none') all.push(words.suspended);
  if (isOffer(kind) && facts.guest) {
    const until = dateText(language, facts.guest.linkExpiresAt, facts.timeZone);
    all.push(words.guest(until), words.guestLater(facts.guest.signInUrl));
  }
  return all.filter((text) => text !== undefined);
}

function fieldsOf(
  kind: ShareMailKind,
  facts: ShareMailFacts,
  words: ShareMailWords,
  language: 'fr' | 'en',
): LetterField[] {
  const fields: LetterField[] = [];
  const add = (label: string, value: string, isChanged = false) =>
    fields.push({ label, value, mark: isChanged && kind === 'modified' ? words.modified : null });
  add(words.item, words.folderValue(oneLine(facts.folderName)));
  add(words.owner, person(facts.ownerName, facts.ownerEmail));
  if (kind === 'revoked' || kind === 'expired') return fields;
  const recipient = person(facts.recipientName, facts.recipientEmail);
  add(words.grantee, facts.granteeName ? words.memberOf(recipient, oneLine(facts.granteeName)) : recipient);
  add(words.role, words.roles[facts.role], facts.changed?.role);
  add(
    words.actions,
    actionsOf(facts)
      .map((action) => words.action[action])
      .join(', '),
    facts.changed?.role,
  );
  if (facts.expiresAt)
    add(words.endDate, dateText(language, facts.expiresAt, facts.timeZone), facts.changed?.expiresAt);
  if (!facts.expiresAt && facts.changed?.expiresAt) add(words.endDate, words.noEndDate, true);
  return fields;
}

function actionsOf(facts: ShareMailFacts): readonly ShareMailAction[] {
  if (facts.role !== 'custom') return actionsOfRole[facts.role];
  const { mayRead = false, mayWrite = false, mayAdd = false, mayShare = false } = facts.rights ?? {};
  const actions: ShareMailAction[] = [];
  if (mayRead) actions.push('view');
  if (mayWrite) actions.push('edit', 'add', 'remove');
  else if (mayAdd) actions.push('add', 'changeOwn');
  if (mayShare) actions.push('administer');
  return actions.length > 0 ? actions : ['none'];
}

function buttonsOf(kind: ShareMailKind, facts: ShareMailFacts, words: ShareMailWords): LetterButton[] {
  if (mayAnswer(kind, facts)) {
    return [
      { label: words.accept, url: facts.acceptUrl!, isPrimary: true },
      { label: words.decline, url: facts.declineUrl!, isPrimary: false },
    ];
  }
  const isGone = kind === 'revoked' || kind === 'expired' || (isOffer(kind) && facts.role === 'none');
  if (isGone || !facts.openUrl) return [];
  return [{ label: words.open, url: facts.openUrl, isPrimary: true }];
}

function mayAnswer(kind: ShareMailKind, facts: ShareMailFacts): boolean {
  return isOffer(kind) && facts.role !== 'none' && Boolean(facts.acceptUrl && facts.declineUrl);
}

function isOffer(kind: ShareMailKind): boolean {
  return kind === 'created' || kind === 'modified';
}

function person(name: string, email: string | null | undefined): string {
  const shown = oneLine(name);
  return email && email !== shown ? `${shown} (${oneLine(email)})` : shown;
}
