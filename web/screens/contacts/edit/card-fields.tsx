import { useState } from 'react';
import type { ContactCard, Id } from '../../../../client/src/types.ts';
import {
  dateFields,
  type EntryFieldRow,
  type FieldLabel,
  fullNameField,
  groupFields,
  ownFields,
  repeatedFields,
  textFields,
  type TextFieldRow,
} from '../../../fields.ts';
import { useMessages } from '../../../locales/messages.ts';
import { anniversaryOf, type Draft, readText, writeText } from '../../../model/cards/card-values.ts';
import { emptyEntry, entriesOf, freeKeyOf, writeEntryOf } from '../../../model/cards/entries.ts';
import { TextArea, TextField } from '../../../ui/fields/text-field.tsx';
import { OtherInfo } from '../card/other-info.tsx';
import { AddField } from './add-field.tsx';
import styles from './card-form.module.css';
import { DateEditor } from './date-editor.tsx';
import { useEditTexts } from './edit-texts.ts';
import { PhotoEditor } from './photo-editor.tsx';
import { RepeatedEditor } from './repeated-editor.tsx';
import { TagField } from './tag-field.tsx';
import type { CardForm } from './use-card-form.ts';

interface CardFieldsProps {
  readonly accountId: Id;
  /** The card that is changed; none: a new one. */
  readonly card: ContactCard | undefined;
  readonly form: CardForm;
}

const entryFields: readonly EntryFieldRow[] = [...repeatedFields, ...ownFields];

/** The fields of a card in the order of their table; the rarer ones when they have something in them or are asked for. */
export function CardFields({ accountId, card, form }: CardFieldsProps) {
  const {
    contacts: { edit },
  } = useMessages();
  const { draft, change, problems } = form;
  const [asked, setAsked] = useState<readonly FieldLabel[]>([]);
  const newest = asked.at(-1);
  const isGroup = draft.kind === 'group';
  const filled = filledFields(draft);
  const isShown = ({ label, isAlways }: { readonly label: FieldLabel; readonly isAlways: boolean }) =>
    filled.has(label) || asked.includes(label) || (isGroup ? groupFields.has(label) : isAlways);
  const first = isGroup ? 'fullName' : 'given';
  const text = (row: TextFieldRow) => (
    <TextRow
      key={row.label}
      row={row}
      draft={draft}
      change={change}
      autoFocus={row.label === (newest ?? first)}
      error={row.label === first && form.isEmpty ? edit.empty : undefined}
    />
  );
  const rowsOf = (section: TextFieldRow['section']) =>
    textFields.filter((row) => row.section === section && isShown(row)).map(text);
  const add = (label: FieldLabel) => {
    setAsked([...asked.filter((other) => other !== label), label]);
    const field = entryFields.find((row) => row.label === label);
    if (field && filled.has(label))
      change((before) =>
        writeEntryOf(before, field, freeKeyOf(before, field), emptyEntry(field, entriesOf(before, field).length)),
      );
  };
  const hasOnlyFullName = Boolean(draft.name?.full) && !draft.name?.components;
  const entries = (fields: readonly EntryFieldRow[]) =>
    fields
      .filter(isShown)
      .map((field) => (
        <RepeatedEditor
          key={field.property}
          field={field}
          draft={draft}
          change={change}
          problems={problems}
          autoFocus={field.label === newest}
        />
      ));
  return (
    <>
      <div className={styles['identity']}>
        <PhotoEditor accountId={accountId} draft={draft} change={change} seed={card?.uid} />
        <div className={styles['pairs']}>
          {hasOnlyFullName || isGroup ? text(fullNameField) : null}
          {rowsOf('name')}
          {rowsOf('work')}
        </div>
      </div>
      {entries(repeatedFields)}
      {dateFields.filter(isShown).map((field) => (
        <DateEditor
          key={field.kind}
          field={field}
          draft={draft}
          change={change}
          problems={problems}
          autoFocus={field.label === newest}
          onRemove={() => setAsked(asked.filter((label) => label !== field.label))}
        />
      ))}
      {entries(ownFields)}
      {isGroup || filled.has('keywords') || asked.includes('keywords') ? (
        <TagField accountId={accountId} draft={draft} change={change} autoFocus={newest === 'keywords'} />
      ) : null}
      {rowsOf('notes')}
      <AddField isShown={isShown} hasTags={filled.has('keywords') || asked.includes('keywords')} onAdd={add} />
      {card ? <OtherInfo card={card} hint={<OthersHint />} /> : null}
    </>
  );
}

function OthersHint() {
  return useEditTexts().othersHint;
}

/** The fields that have something in them. */
function filledFields(draft: Draft): ReadonlySet<FieldLabel> {
  return new Set([
    ...textFields.filter(({ path }) => readText(draft, path)).map(({ label }) => label),
    ...entryFields.filter((field) => entriesOf(draft, field).length > 0).map(({ label }) => label),
    ...dateFields.filter(({ kind }) => anniversaryOf(draft, kind)).map(({ label }) => label),
    ...(Object.keys(draft.keywords ?? {}).length > 0 ? (['keywords'] as const) : []),
  ]);
}

interface TextRowProps {
  readonly row: TextFieldRow;
  readonly draft: Draft;
  readonly change: CardForm['change'];
  readonly autoFocus: boolean;
  readonly error: string | undefined;
}

function TextRow({ row, draft, change, autoFocus, error }: TextRowProps) {
  const {
    contacts: { fields },
  } = useMessages();
  const texts = useEditTexts();
  const needed = row.needs && textFields.find(({ label }) => label === row.needs);
  const isMissing = needed !== undefined && readText(draft, needed.path) === '';
  const hint = row.hint && fields[row.hint];
  const props = {
    label: fields[row.label === 'fullName' && draft.kind === 'group' ? 'groupName' : row.label],
    value: readText(draft, row.path),
    onChange: (text: string) => change((before) => writeText(before, row.path, text)),
    autoComplete: 'off',
    isDisabled: isMissing,
    description: isMissing && row.needs ? texts.invalidNeeds(fields[row.needs]) : hint,
    error,
  };
  // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form was asked for: typing starts at once
  return row.editor === 'lines' ? <TextArea {...props} rows={4} /> : <TextField {...props} autoFocus={autoFocus} />;
}
