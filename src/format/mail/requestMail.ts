import type { Letter, LetterButton, LetterField } from './letter.ts';
import { letterHtml } from './letterHtml.ts';
import { letterNote } from './letterNote.ts';
import { letterText } from './letterText.ts';
import { oneLine } from './oneLine.ts';
import type { MailText } from './outgoingMail.ts';
import { requestMailWords } from './requestMailWords.ts';
import type { FolderContents, RequestMailKind, RequestMailWords } from './requestMailWords.ts';

/** What a mail tells of a handing over, or of a request for access. */
export type RequestMailFacts = {
  /** Who does it: offers, withdraws, answers, asks. */
  readonly actorName: string;
  readonly actorEmail?: string | null;
  readonly folderName: string;
  readonly ownerName: string;
  readonly ownerEmail?: string | null;
  /** Of an offer: what would come, and what the old owner keeps. */
  readonly contents?: FolderContents | null;
  readonly keptRole?: keyof RequestMailWords['keptRoles'] | null;
  readonly note?: string | null;
  readonly acceptUrl?: string | null;
  readonly declineUrl?: string | null;
  /** The page on which a request is answered, or the folder. */
  readonly openUrl?: string | null;
  readonly stopUrl?: string | null;
  readonly organisation: string;
};

/** What such a mail says, as subject, plain text and HTML. */
export function requestMail(kind: RequestMailKind, facts: RequestMailFacts, language: 'fr' | 'en'): MailText {
  const words = requestMailWords[language];
  const names = { actor: oneLine(facts.actorName), folder: oneLine(facts.folderName) };
  const subject = oneLine(words.subject[kind](names.folder), 250);
  const text = words.text[kind];
  const buttons = buttonsOf(kind, facts, words);
  const letter: Letter = {
    title: words.title[kind](names),
    paragraphs: text === undefined ? [] : [text],
    fields: fieldsOf(kind, facts, words),
    note: letterNote(facts.note, words.noteOf(names.actor)),
    buttons,
    hint: kind === 'offered' || kind === 'asked' ? words.asked : null,
    footer: words.footer(oneLine(facts.organisation), names.actor),
    stop: facts.stopUrl ? { label: words.stop, url: facts.stopUrl } : null,
    colon: words.colon,
  };
  return { subject, text: letterText(letter), html: letterHtml(letter, subject, language) };
}

function fieldsOf(kind: RequestMailKind, facts: RequestMailFacts, words: RequestMailWords): LetterField[] {
  const fields: LetterField[] = [];
  const add = (label: string, value: string) => fields.push({ label, value, mark: null });
  add(words.folder, words.folderValue(oneLine(facts.folderName)));
  if (kind === 'asked') add(words.asker, person(facts.actorName, facts.actorEmail));
  else if (kind !== 'handoverAccepted') add(words.owner, person(facts.ownerName, facts.ownerEmail));
  if (facts.contents) add(words.contents, words.contentsValue(facts.contents));
  if (facts.keptRole) add(words.keeps(oneLine(facts.ownerName)), words.keptRoles[facts.keptRole]);
  return fields;
}

function buttonsOf(kind: RequestMailKind, facts: RequestMailFacts, words: RequestMailWords): LetterButton[] {
  if (kind === 'offered' && facts.acceptUrl && facts.declineUrl) {
    return [
      { label: words.acceptHandover, url: facts.acceptUrl, isPrimary: true },
      { label: words.declineHandover, url: facts.declineUrl, isPrimary: false },
    ];
  }
  if (!facts.openUrl) return [];
  return [{ label: kind === 'asked' ? words.answerRequest : words.open, url: facts.openUrl, isPrimary: true }];
}

function person(name: string, email: string | null | undefined): string {
  const shown = oneLine(name);
  return email && email !== shown ? `${shown} (${oneLine(email)})` : shown;
}
