import type { ReactNode } from 'react';
import { dateFields, type FieldLabel, repeatedFields, textFields } from '../../../fields.ts';
import { useLanguage, useMessages } from '../../../locales/messages.ts';
import { byPreference, contentOf } from '../../../model/cards/card-summary.ts';
import {
  addressText,
  anniversaryOf,
  contextOf,
  partsOf,
  phoneKindOf,
  readText,
} from '../../../model/cards/card-values.ts';
import { otherInfo } from '../../../model/cards/other-info.ts';
import type { Address, Anniversary, EmailAddress, Phone, Resource } from '../../../../src/format/jscontact/types.ts';
import type { ContactCard } from '../../../../client/src/types.ts';
import { mailUrl } from '../send/write-to.tsx';
import styles from './card.module.css';

/** Everything that a card says, field by field, as the table of fields orders it. */
export function CardDetails({ card }: { readonly card: ContactCard }) {
  const {
    contacts: { card: words, fields },
  } = useMessages();
  const language = useLanguage();
  const content = contentOf(card);
  // The names stand above already, but not their rarer parts.
  const texts = textFields.filter(({ label }) => label === 'nickname' || label === 'department');
  const notes = readText(content, textFields.find(({ label }) => label === 'notes')?.path ?? []);
  const others = otherInfo(card);
  return (
    <>
      <dl className={styles['details']}>
        {repeatedFields.map((field) =>
          byPreference<Value>(content[field.property]).map(([key, entry]) => (
            <Detail
              key={`${field.property}/${key}`}
              label={fields[field.label]}
              note={noteOf(field.label, entry, fields)}
            >
              <ValueText label={field.label} entry={entry} />
            </Detail>
          )),
        )}
        {dateFields.map(({ label, kind }) => {
          const anniversary = anniversaryOf(content, kind)?.[1];
          return anniversary ? (
            <Detail key={kind} label={fields[label]}>
              {formatDate(anniversary, language)}
            </Detail>
          ) : null;
        })}
        {texts.map(({ label, path }) =>
          readText(content, path) ? (
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
      {others.length > 0 ? (
        <details className={styles['others']}>
          <summary>{words.more}</summary>
          <dl className={styles['details']}>
            {others.map(({ name, lines }) => (
              <Detail key={name} label={(fields.others as Readonly<Record<string, string>>)[name] ?? name}>
                {lines.map((line) => (
                  <span key={line} className={styles['line']}>
                    {(fields.kinds as Readonly<Record<string, string>>)[line] ?? line}
                  </span>
                ))}
              </Detail>
            ))}
          </dl>
        </details>
      ) : null}
    </>
  );
}

type Value = EmailAddress | Phone | Address | Resource;

type Fields = ReturnType<typeof useMessages>['contacts']['fields'];

function noteOf(label: FieldLabel, entry: Value, fields: Fields): string {
  if ('label' in entry && entry.label) return entry.label;
  if (label === 'phone') return fields.phoneKinds[phoneKindOf(entry as Phone)];
  const context = contextOf(entry);
  return context === 'other' ? '' : fields.contexts[context];
}

function Detail({
  label,
  note,
  children,
}: {
  readonly label: string;
  readonly note?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles['detail']}>
      <dt>
        {label}
        {note ? <span className={styles['note']}>{note}</span> : null}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function ValueText({ label, entry }: { readonly label: FieldLabel; readonly entry: Value }) {
  const {
    contacts: { card: words },
  } = useMessages();
  if (label === 'email') {
    const { address } = entry as EmailAddress;
    return <a href={mailUrl(address)}>{address}</a>;
  }
  if (label === 'phone') {
    const { number } = entry as Phone;
    return (
      <a href={telUrl(number)} aria-label={words.call(number)}>
        {number}
      </a>
    );
  }
  if (label === 'url') return <WebLink uri={(entry as Resource).uri} />;
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

function formatDate({ date }: Anniversary, language: string): string {
  const { year, month, day } = partsOf(date);
  const options: Intl.DateTimeFormatOptions = {
    timeZone: 'UTC',
    ...(day ? { day: 'numeric' } : {}),
    ...(month ? { month: 'long' } : {}),
    ...(year ? { year: 'numeric' } : {}),
  };
  return new Intl.DateTimeFormat(language, options).format(
    new Date(Date.UTC(year ?? 2000, (month ?? 1) - 1, day ?? 1)),
  );
}
