import { Plus } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { ContactCard, Id } from '../../../api/types.ts';
import { dateFields, type FieldLabel, fullNameField, repeatedFields, textFields, type TextFieldRow } from '../../../fields.ts';
import { useMessages } from '../../../locales/messages.ts';
import { anniversaryOf, type Draft, readText, writeText } from '../../../model/card-values.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { openDialog } from '../../../ui/dialog-host.tsx';
import { focusFirstInvalid } from '../../../ui/focus-invalid.ts';
import { Menu } from '../../../ui/menu.tsx';
import { TextArea, TextField } from '../../../ui/text-field.tsx';
import styles from './card-form.module.css';
import { DateEditor } from './date-editor.tsx';
import { DiscardDialog } from './discard-dialog.tsx';
import { PhotoEditor } from './photo-editor.tsx';
import { RepeatedEditor } from './repeated-editor.tsx';
import type { CardForm as FormState } from './use-card-form.ts';

export interface CardFormProps {
  readonly title: string;
  readonly accountId: Id;
  /** The card that is changed; none: a new one. */
  readonly card?: ContactCard;
  readonly form: FormState;
  readonly onClose: () => void;
  readonly footer?: ReactNode;
  /** What has to be said above the fields. */
  readonly children?: ReactNode;
}

/** The form of a card, as the table of fields describes it. Ctrl+S saves, Escape leaves. */
export function CardForm({ title, accountId, card, form, onClose, footer, children }: CardFormProps) {
  const { common, contacts: { edit } } = useMessages();
  const element = useRef<HTMLFormElement>(null);
  const [shown, setShown] = useState<ReadonlySet<string>>(() => shownFields(form.draft));
  const { draft, change } = form;

  const submit = () => {
    form.submit();
    if (element.current) focusFirstInvalid(element.current);
  };
  const leave = () => {
    form.release();
    onClose();
  };
  const cancel = () => {
    if (form.isDirty) openDialog((close) => <DiscardDialog onClose={close} onDiscard={leave} />);
    else leave();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const withControl = event.ctrlKey || event.metaKey;
    const isSave = withControl && (event.key === 'Enter' || event.key.toLowerCase() === 's');
    const isInside = element.current?.contains(event.target as Node) === true;
    if (event.defaultPrevented || !isInside || (!isSave && event.key !== 'Escape')) return;
    event.preventDefault();
    if (isSave) submit();
    else cancel();
  };
  const isShown = (label: FieldLabel, isAlways: boolean) => isAlways || shown.has(label);
  const text = (row: TextFieldRow, isFirst = false) => (
    <TextRow key={row.label} row={row} draft={draft} change={change} autoFocus={isFirst} error={isFirst && form.isEmpty ? edit.empty : undefined} />
  );
  const rowsOf = (section: TextFieldRow['section']) => textFields.filter((row) => row.section === section && isShown(row.label, row.isAlways));
  const hasOnlyFullName = Boolean(draft.name?.full) && !draft.name?.components;

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the whole form
    <form
      ref={element}
      className={styles['form']}
      noValidate
      aria-label={title}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={styles['bar']}>
        <h2 className={styles['title']}>{title}</h2>
        <Button onPress={cancel}>{common.cancel}</Button>
        <Button variant="primary" type="submit" isPending={form.isPending}>
          {common.save}
        </Button>
      </div>
      <div className={styles['fields']}>
        {children}
        {form.failure ? <Banner tone="danger" isInline isLive>{form.failure}</Banner> : null}
        <div className={styles['identity']}>
          <PhotoEditor accountId={accountId} draft={draft} change={change} seed={card?.uid} />
          <div className={styles['pairs']}>
            {hasOnlyFullName ? text(fullNameField) : null}
            {rowsOf('name').map((row) => text(row, row.label === 'given'))}
            {rowsOf('work').map((row) => text(row))}
          </div>
        </div>
        {repeatedFields.map((field) => (isShown(field.label, field.isAlways) ? (
          <RepeatedEditor key={field.property} field={field} draft={draft} change={change} problems={form.problems} />
        ) : null))}
        {dateFields.map((field) => (isShown(field.label, field.isAlways) ? (
          <DateEditor key={field.kind} field={field} draft={draft} change={change} problems={form.problems} />
        ) : null))}
        {rowsOf('notes').map((row) => text(row))}
        <MoreFields shown={shown} onShow={(label) => setShown(new Set([...shown, label]))} />
        {footer ? <div className={styles['footer']}>{footer}</div> : null}
      </div>
    </form>
  );
}

/** The fields that have something in them. */
function shownFields(draft: Draft): ReadonlySet<string> {
  return new Set([
    ...textFields.filter(({ path }) => readText(draft, path)).map(({ label }) => label),
    ...repeatedFields.filter(({ property }) => draft[property]).map(({ label }) => label),
    ...dateFields.filter(({ kind }) => anniversaryOf(draft, kind)).map(({ label }) => label),
  ]);
}

interface TextRowProps {
  readonly row: TextFieldRow;
  readonly draft: Draft;
  readonly change: FormState['change'];
  readonly autoFocus: boolean;
  readonly error: string | undefined;
}

function TextRow({ row, draft, change, autoFocus, error }: TextRowProps) {
  const { contacts: { fields } } = useMessages();
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
  const { contacts: { edit, fields } } = useMessages();
  const rare = [...repeatedFields, ...dateFields, ...textFields].filter(({ label, isAlways }) => !isAlways && !shown.has(label));
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
