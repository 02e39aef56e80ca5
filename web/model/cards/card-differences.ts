import type { Address } from '../../../src/format/jscontact/types.ts';
import type { ContactCard } from '../../../client/src/types.ts';
import { dateFields, type EntryFieldRow, fullNameField, ownFields, repeatedFields, textFields } from '../../fields.ts';
import type { Messages } from '../../locales/messages.ts';
import { contentOf } from './card-summary.ts';
import { addressText, anniversaryOf, partsOf, readText } from './card-values.ts';
import { entriesOf, type Entry, labelOfEntry, textOfEntry } from './entries.ts';
import { otherInfo } from './other-info.ts';
import { dateOfLine, type OwnLine } from './own-lines.ts';
import { formatPartialDate } from './partial-date.ts';
import { usualNote } from './usual-note.ts';

/** One field that is not the same before and after; null: it was not there, or is not any more. */
export interface Difference {
  readonly key: string;
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Words that the texts are made of. */
export interface DifferenceWords {
  readonly fields: Messages['contacts']['fields'];
  readonly language: string;
}

type Shown = ReadonlyMap<string, { readonly label: string; readonly text: string }>;

/** What a person sees of two states of a card that is not the same, field by field, as the form orders them. */
export function cardDifferences(
  before: ContactCard | null,
  after: ContactCard | null,
  words: DifferenceWords,
): readonly Difference[] {
  const old = before ? shownOf(before, words) : new Map<string, never>();
  const now = after ? shownOf(after, words) : new Map<string, never>();
  const keys = [...new Set([...now.keys(), ...old.keys()])];
  return keys.flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    if (was?.text === is?.text && was?.label === is?.label) return [];
    return [{ key, label: (is ?? was)!.label, before: was?.text ?? null, after: is?.text ?? null }];
  });
}

/** Every field of a card as one text, by a key that is the same in another state of the card. */
function shownOf(card: ContactCard, { fields, language }: DifferenceWords): Shown {
  const content = contentOf(card);
  const shown = new Map<string, { label: string; text: string }>();
  const put = (key: string, label: string, text: string) => text && shown.set(key, { label, text });
  const hasParts = Boolean(content.name?.components);
  for (const { label, path } of hasParts ? textFields : [fullNameField, ...textFields])
    put(label, fields[label], readText(content, path));
  for (const field of [...repeatedFields, ...ownFields]) {
    for (const [key, entry] of entriesOf(content, field)) {
      const note = labelOfEntry(content, field, key, entry) || usualNote(field, entry, fields);
      const isPlain = note === '' || note === fields.phoneKinds.other;
      const name = fields[field.label];
      put(`${field.label} ${key}`, isPlain ? name : `${name} (${note})`, textOf(field, entry, language));
    }
  }
  for (const { label, kind } of dateFields) {
    const anniversary = anniversaryOf(content, kind)?.[1];
    if (anniversary) put(label, fields[label], formatPartialDate(partsOf(anniversary.date), language));
  }
  put('keywords', fields.keywords, Object.keys(content.keywords ?? {}).join(', '));
  const names = fields.others as Readonly<Record<string, string>>;
  for (const { name, lines } of otherInfo(card)) put(`other ${name}`, names[name] ?? name, lines.join('\n'));
  const members = Object.keys(content.members ?? {});
  if (members.length > 0) put('members', fields.others.members, String(members.length));
  return shown;
}

function textOf(field: EntryFieldRow, entry: Entry, language: string): string {
  if (field.editor === 'date') return formatPartialDate(dateOfLine(entry as unknown as OwnLine), language);
  return field.editor === 'address' ? addressText(entry as Address).join('\n') : textOfEntry(field, entry);
}
