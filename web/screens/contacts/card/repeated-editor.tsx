import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { addressLines, contexts, phoneKinds, type RepeatedFieldRow } from '../../../fields.ts';
import { useMessages } from '../../../locales/messages.ts';
import type { Problems } from '../../../model/cards/card-check.ts';
import { byPreference } from '../../../model/cards/card-summary.ts';
import {
  type AddressLine,
  contextOf,
  type Draft,
  freeKey,
  phoneKindOf,
  readAddressLine,
  withContext,
  withPhoneKind,
  writeAddressLine,
  writeEntry,
} from '../../../model/cards/card-values.ts';
import type { Address, Phone } from '../../../../src/format/jscontact/types.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Select } from '../../../ui/fields/select.tsx';
import { TextField } from '../../../ui/fields/text-field.tsx';
import styles from './card-form.module.css';

type Entry = Readonly<Record<string, unknown>>;

export interface RepeatedEditorProps {
  readonly field: RepeatedFieldRow;
  readonly draft: Draft;
  readonly change: (change: (draft: Draft) => Draft) => void;
  readonly problems: Problems;
}

/** A field that may be there several times: its rows, each with its kind, and a button for one more. */
export function RepeatedEditor({ field, draft, change, problems }: RepeatedEditorProps) {
  const {
    contacts: { edit, fields },
  } = useMessages();
  const [added, setAdded] = useState<string>();
  const map = (draft[field.property] ?? {}) as Readonly<Record<string, Entry>>;
  const known = byPreference(map);
  const rows: readonly (readonly [string, Entry])[] =
    known.length > 0 ? known : [[freeKey(map, field.prefix), emptyEntry(field, 0)]];
  const write = (key: string, entry: Entry | undefined) =>
    change((before) => writeEntry(before, field.property, key, entry));
  const add = () => {
    // The blank row of an empty field is not in the card yet: it stays above the new one.
    const [first] = rows;
    const base = known.length > 0 || !first ? map : { [first[0]]: first[1] };
    const key = freeKey(base, field.prefix);
    setAdded(key);
    change((before) => ({ ...before, [field.property]: { ...base, [key]: emptyEntry(field, rows.length) } }));
  };
  const label = fields[field.label];
  return (
    <fieldset className={styles['group']}>
      <legend className={styles['legend']}>{label}</legend>
      {rows.map(([key, entry]) => (
        <div key={key} className={styles['row']}>
          <div className={styles['value']}>
            <Value
              field={field}
              entry={entry}
              onChange={(changed) => write(key, changed)}
              autoFocus={key === added}
              error={problemText(problems.get(`${field.property}/${key}`), edit)}
            />
          </div>
          <div className={styles['kind']}>
            <Kind field={field} entry={entry} onChange={(changed) => write(key, changed)} />
          </div>
          <IconButton
            label={edit.removeOne(label, textOf(field, entry))}
            onPress={() => write(key, undefined)}
            isDisabled={known.length === 0}
          >
            <X size={16} aria-hidden />
          </IconButton>
        </div>
      ))}
      <div>
        <Button
          size="small"
          variant="quiet"
          icon={<Plus size={16} aria-hidden />}
          aria-label={edit.addTo(label)}
          onPress={add}
        >
          {label}
        </Button>
      </div>
    </fieldset>
  );
}

/** The first of them is most likely the one at work, the next the one at home. */
function emptyEntry({ value, editor }: RepeatedFieldRow, index: number): Entry {
  const text = value === null ? {} : { [value]: '' };
  if (editor === 'tel')
    return index === 0 ? { ...text, features: { mobile: true } } : { ...text, contexts: { work: true } };
  return { ...text, contexts: { [index === 1 ? 'private' : 'work']: true } };
}

function textOf({ value }: RepeatedFieldRow, entry: Entry): string {
  const text = value === null ? '' : entry[value];
  return typeof text === 'string' ? text : '';
}

type EditWords = ReturnType<typeof useMessages>['contacts']['edit'];

function problemText(
  problem: 'invalidEmail' | 'invalidUrl' | 'invalidDate' | undefined,
  edit: EditWords,
): string | undefined {
  return problem && edit[problem];
}

interface ValueProps {
  readonly field: RepeatedFieldRow;
  readonly entry: Entry;
  readonly onChange: (entry: Entry) => void;
  readonly autoFocus: boolean;
  readonly error: string | undefined;
}

function Value({ field, entry, onChange, autoFocus, error }: ValueProps) {
  const {
    contacts: { fields },
  } = useMessages();
  if (field.value === null) return <AddressValue entry={entry as Address} onChange={onChange} autoFocus={autoFocus} />;
  const { value, editor, label } = field;
  return (
    <TextField
      label={fields[label]}
      isLabelHidden
      // The browser's own check would refuse what is only unusual.
      type={editor === 'tel' ? 'tel' : 'text'}
      inputMode={editor === 'address' ? 'text' : editor}
      autoComplete="off"
      spellCheck="false"
      value={textOf(field, entry)}
      onChange={(text) => onChange({ ...entry, [value]: text })}
      autoFocus={autoFocus}
      error={error}
    />
  );
}

interface AddressValueProps {
  readonly entry: Address;
  readonly onChange: (entry: Entry) => void;
  readonly autoFocus: boolean;
}

function AddressValue({ entry, onChange, autoFocus }: AddressValueProps) {
  const {
    contacts: { fields },
  } = useMessages();
  // What is left of an address without lines is kept while it is typed anew.
  const write = (line: AddressLine, text: string) => {
    const { components: _components, full: _full, ...others } = entry;
    onChange(writeAddressLine(entry, line, text) ?? others);
  };
  return (
    <div className={styles['address']}>
      {addressLines.map((line) => (
        <div key={line.label} className={styles[line.label]}>
          <TextField
            label={fields[line.label]}
            autoComplete="off"
            value={readAddressLine(entry, line)}
            onChange={(text) => write(line, text)}
            autoFocus={autoFocus && line.label === 'street'}
          />
        </div>
      ))}
    </div>
  );
}

interface KindProps {
  readonly field: RepeatedFieldRow;
  readonly entry: Entry;
  readonly onChange: (entry: Entry) => void;
}

function Kind({ field, entry, onChange }: KindProps) {
  const {
    contacts: { edit, fields },
  } = useMessages();
  const label = edit.type(fields[field.label]);
  if (field.kinds === 'phoneKinds') {
    const options = (Object.keys(phoneKinds) as (keyof typeof phoneKinds)[]).map((id) => ({
      id,
      label: fields.phoneKinds[id],
    }));
    const phone = entry as unknown as Phone;
    return (
      <Select
        label={label}
        isLabelHidden
        options={options}
        value={phoneKindOf(phone)}
        onChange={(kind) => onChange(withPhoneKind(phone, kind))}
      />
    );
  }
  const options = contexts.map((id) => ({ id, label: fields.contexts[id] }));
  return (
    <Select
      label={label}
      isLabelHidden
      options={options}
      value={contextOf(entry)}
      onChange={(context) => onChange(withContext(entry, context))}
    />
  );
}
