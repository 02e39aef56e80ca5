import { createHash } from 'node:crypto';
import { shownText } from '../../../format/import/importItem.ts';
import type { ImportEntry } from '../../../format/import/importItem.ts';
import { vcardEntries } from '../../../format/import/vcardEntries.ts';
import type { Card } from '../../../format/jscontact/types.ts';
import { cardOfContact } from '../../../format/zimbra/cardOfContact.ts';
import { photoOf } from '../../../format/zimbra/contactParts.ts';
import type { ZimbraContact, ZimbraMember } from '../../../format/zimbra/types.ts';
import { fileAs } from '../../../format/jscontact/names.ts';
import type { Context } from '../../context.ts';
import { candidateOf } from '../candidate.ts';
import type { Candidate } from '../candidate.ts';
import type { NotedProblem } from '../progress.ts';
import type { ContactFile } from './fileOf.ts';

/** A contact of an archive, ready to be kept. */
export type ReadContact = {
  readonly itemId: string;
  readonly folderId: string;
  readonly isGroup: boolean;
  readonly members: readonly ZimbraMember[];
  readonly candidate: Candidate;
  /** Two that have the same say the same. */
  readonly mark: string;
  readonly problems: readonly NotedProblem[];
};

/** Whether a file holds a group, without reading all of it. */
export function isGroupFile(file: ContactFile): boolean {
  return file.contact ? file.contact.attributes.get('type')?.[0] === 'group' : /^KIND:group\s*$/imu.test(file.vcard);
}

/** Reads a contact; or why there is none. */
export function readContact(context: Context, file: ContactFile): ReadContact | NotedProblem {
  const { entry, problems } = file.contact ? entryOf(context, file.contact, file.beside) : entryOfVCard(file.vcard);
  const folder = file.path.join('/') || null;
  const filed = (problem: Omit<NotedProblem, 'file'>): NotedProblem => ({ ...problem, file: folder });
  const candidate = candidateOf(entry);
  if ('reason' in candidate) return filed({ ...candidate, line: 0 });
  const text = shownText(candidate.card.name?.full || fileAs(candidate.card));
  return {
    itemId: file.itemId,
    folderId: file.folderId,
    isGroup: isGroupFile(file),
    members: file.contact?.members ?? [],
    candidate: { ...candidate, item: { ...candidate.item, text } },
    mark: markOf(file),
    problems: problems.map((problem) => filed({ ...problem, line: 0, isLost: false, text })),
  };
}

type Remark = { readonly reason: NotedProblem['reason']; readonly detail?: string };
type Entry = { readonly entry: ImportEntry; readonly problems: readonly Remark[] };

function entryOf(context: Context, contact: ZimbraContact, beside: Uint8Array | null): Entry {
  const photo = beside && photoOf(beside);
  const { card, wrongDates } = cardOfContact(contact, { photo, language: context.actor.language });
  const problems: Remark[] = wrongDates.map((date) => ({ reason: 'date', detail: shownText(date) }));
  if (beside && !photo && contact.attributes.has('userCertificate') === false) problems.push({ reason: 'photo' });
  const text = shownText(contact.attributes.get('email')?.[0] ?? contact.id);
  if (Object.keys(card).every((name) => name === 'keywords'))
    return { entry: { problem: { line: 0, reason: 'empty', isLost: true, text } }, problems };
  return { entry: { line: 0, text, problems: [], card: { ...uidOf(contact), ...card } }, problems };
}

/** Devices gave it a name in Zimbra, too. */
function uidOf({ attributes }: ZimbraContact): Partial<Card> {
  const uid = attributes.get('vcardUID')?.[0]?.trim() ?? '';
  return /^[\x21-\x7e]{8,255}$/u.test(uid) ? { uid } : {};
}

function entryOfVCard(text: string): Entry {
  const [entry] = vcardEntries(text);
  const empty = { problem: { line: 0, reason: 'vcard', isLost: true, text: shownText(text) } } as const;
  return { entry: entry ?? empty, problems: [] };
}

function markOf(file: ContactFile): string {
  const hash = createHash('sha256');
  if (file.contact) {
    const { attributes, members, tags } = file.contact;
    hash.update(JSON.stringify([[...attributes].sort(([a], [b]) => (a < b ? -1 : 1)), members, tags.toSorted()]));
    if (file.beside) hash.update(file.beside);
  } else hash.update(file.vcard);
  return hash.digest('base64url').slice(0, 27);
}
