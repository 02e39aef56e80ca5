import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Id } from '../../../../client/src/types.ts';
import {
  dateFields,
  type FieldLabel,
  fullNameField,
  repeatedFields,
  textFields,
  type TextFieldRow,
} from '../../../fields.ts';
import { useMessages } from '../../../locales/messages.ts';
import { anniversaryOf, type Draft, readText, writeText } from '../../../model/cards/card-values.ts';
import { Button } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { TextArea, TextField } from '../../../ui/fields/text-field.tsx';
import styles from './card-form.module.css';
import { DateEditor } from './date-editor.tsx';
import { PhotoEditor } from './photo-editor.tsx';
import { RepeatedEditor } from './repeated-editor.tsx';
import type { CardForm } from './use-card-form.ts';

export interface CardFieldsProps {
  readonly accountId: Id;
  /** What the colour behind the initials hangs on. */
  readonly seed: string | undefined;
  readonly form: CardForm;
}

/** The fields of a card in the order of their table; the rarer ones when they have something in them or are asked for. */
export function CardFields({ accountId, seed, form }: CardFieldsProps) {
  const {
    contacts: { edit },
  } = useMessages();
  const { draft, change, problems } = form;
  const [shown, setShown] = useState<ReadonlySet<string>>(() => filledFields(draft));
  const isShown = ({ label, isAlways }: { readonly label: FieldLabel; readonly isAlways: boolean }) =>
    isAlways || shown.has(label);
  const rowsOf = (section: TextFieldRow['section']) =>
    textFields.filter((row) => row.section === section && isShown(row));
  const text = (row: TextFieldRow, isFirst = false) => (
    <TextRow
      key={row.label}
      row={row}
      draft={draft}
      change={change}
      autoFocus={isFirst}
      error={isFirst && form.isEmpty ? edit.empty : undefined}
    />
  );
  const hasOnlyFullName = Boolean(draft.name?.full) && !draft.name?.components;
  return (
    <>
      <div className={styles['identity']}>
        <PhotoEditor accountId={accountId} draft={draft} change={change} seed={seed} />
        <div className={styles['pairs']}>
          {hasOnlyFullName ? text(fullNameField) : null}
          {rowsOf('name').map((row) => text(row, row.label === 'given'))}
          {rowsOf('work').map((row) => text(row))}
        </div>
      </div>
      {repeatedFields.filter(isShown).map((field) => (
        <RepeatedEditor key={field.property} field={field} draft={draft} change={change} problems={problems} />
      ))}
      {dateFields.filter(isShown).map((field) => (
        <DateEditor key={field.kind} field={field} draft={draft} change={change} problems={problems} />
      ))}
      {rowsOf('notes').map((row) => text(row))}
      <MoreFields shown={shown} onShow={(label) => setShown(new Set([...shown, label]))} />
    </>
  );
}

/** The fields that have something in them. */
function filledFields(draft: Draft): ReadonlySet<string> {
  return new Set([
    ...textFields.filter(({ path }) => readText(draft, path)).map(({ label }) => label),
    ...repeatedFields.filter(({ property }) => draft[property]).map(({ label }) => label),
    ...dateFields.filter(({ kind }) => anniversaryOf(draft, kind)).map(({ label }) => label),
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
  const props = {
    label: fields[row.label],
    value: readText(draft, row.path),
    onChange: (text: string) => change((before) => writeText(before, row.path, text)),
    autoComplete: 'off',
    error,
  };
  // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form was asked for: typing starts at once
  return row.editor === 'lines' ? <TextArea {...props} rows={4} /> : <TextField {...props} autoFocus={autoFocus} />;
}

interface MoreFieldsProps {
  readonly shown: ReadonlySet<string>;
  readonly onShow: (label: FieldLabel) => void;
}

/** The rarer fields, on request. */
function MoreFields({ shown, onShow }: MoreFieldsProps) {
  const {
    contacts: { edit, fields },
  } = useMessages();
  const rare = [...repeatedFields, ...dateFields, ...textFields].filter(
    ({ label, isAlways }) => !isAlways && !shown.has(label),
  );
  if (rare.length === 0) return null;
  const entries = rare.map(({ label }) => ({ id: label, label: fields[label], onAction: () => onShow(label) }));
  return (
    <div>
      <Menu label={edit.moreFields} entries={entries} placement="bottom start">
        <Button size="small" icon={<Plus size={16} aria-hidden />}>
          {edit.moreFields}
        </Button>
      </Menu>
    </div>
  );
}
