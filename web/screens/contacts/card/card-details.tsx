import { dateFields, type EntryFieldRow, ownFields, repeatedFields, textFields } from '../../../fields.ts';
import { useLanguage, useMessages } from '../../../locales/messages.ts';
import { contentOf } from '../../../model/cards/card-summary.ts';
import { addressText, anniversaryOf, type Draft, partsOf, readText } from '../../../model/cards/card-values.ts';
import { entriesOf, type Entry, labelOfEntry, textOfEntry } from '../../../model/cards/entries.ts';
import { dateOfLine, type OwnLine } from '../../../model/cards/own-lines.ts';
import { formatPartialDate } from '../../../model/cards/partial-date.ts';
import { usualNote } from '../../../model/cards/usual-note.ts';
import type { Address } from '../../../../src/format/jscontact/types.ts';
import type { ContactCard } from '../../../../client/src/types.ts';
import { mailUrl } from '../send/write-to.tsx';
import styles from './card.module.css';
import { Detail } from './detail.tsx';
import { OtherInfo } from './other-info.tsx';

// The names stand above already, but not their rarer parts; notes come last.
const shownTexts = new Set(['nickname', 'phoneticGiven', 'phoneticSurname', 'pronouns', 'department', 'role']);

/** Everything that a card says, field by field, as the table of fields orders it. */
export function CardDetails({ card }: { readonly card: ContactCard }) {
  const {
    contacts: { fields },
  } = useMessages();
  const language = useLanguage();
  const content = contentOf(card);
  const notes = readText(content, textFields.find(({ label }) => label === 'notes')?.path ?? []);
  return (
    <>
      <dl className={styles['details']}>
        {repeatedFields.map((field) => (
          <Entries key={field.property} field={field} content={content} />
        ))}
        {dateFields.map(({ label, kind }) => {
          const anniversary = anniversaryOf(content, kind)?.[1];
          return anniversary ? (
            <Detail key={kind} label={fields[label]}>
              {formatPartialDate(partsOf(anniversary.date), language)}
            </Detail>
          ) : null;
        })}
        {ownFields.map((field) => (
          <Entries key={field.property} field={field} content={content} />
        ))}
        {textFields.map(({ label, path }) =>
          shownTexts.has(label) && readText(content, path) ? (
            <Detail key={label} label={fields[label]}>
              {readText(content, path)}
            </Detail>
          ) : null,
        )}
        {notes ? (
          <Detail label={fields.notes}>
            <span className={styles['notes']}>{notes}</span>
          </Detail>
        ) : null}
      </dl>
      <OtherInfo card={card} />
    </>
  );
}

function Entries({ field, content }: { readonly field: EntryFieldRow; readonly content: Draft }) {
  const {
    contacts: { fields },
  } = useMessages();
  return entriesOf(content, field).map(([key, entry]) => {
    const own = labelOfEntry(content, field, key, entry);
    // What a person named themselves goes by that name.
    const isNamed = field.kinds === 'label' && own !== '';
    return (
      <Detail
        key={key}
        label={isNamed ? own : fields[field.label]}
        note={isNamed ? '' : own || usualNote(field, entry, fields)}
      >
        <ValueText field={field} entry={entry} />
      </Detail>
    );
  });
}

function ValueText({ field, entry }: { readonly field: EntryFieldRow; readonly entry: Entry }) {
  const {
    contacts: { card: words },
  } = useMessages();
  const language = useLanguage();
  const text = textOfEntry(field, entry);
  if (field.editor === 'email') return <a href={mailUrl(text)}>{text}</a>;
  if (field.editor === 'tel')
    return (
      <a href={telUrl(text)} aria-label={words.call(text)}>
        {text}
      </a>
    );
  if (field.editor === 'date') return formatPartialDate(dateOfLine(entry as unknown as OwnLine), language);
  if (field.editor !== 'address') return <WebLink uri={text} />;
  return addressText(entry as Address).map((line) => (
    <span key={line} className={styles['line']}>
      {line}
    </span>
  ));
}

function telUrl(number: string): string {
  return /^tel:/i.test(number) ? number : `tel:${number.replace(/[^\d+*#,;]/g, '')}`;
}

/** Only addresses of web pages are links: a card from elsewhere may carry any scheme. */
function WebLink({ uri }: { readonly uri: string }) {
  if (!/^https?:\/\//i.test(uri)) return uri;
  return (
    <a href={uri} target="_blank" rel="noreferrer">
      {uri.replace(/^https?:\/\//i, '').replace(/\/$/, '')}
    </a>
  );
}
