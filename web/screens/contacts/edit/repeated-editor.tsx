import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { EntryFieldRow } from '../../../fields.ts';
import { useMessages } from '../../../locales/messages.ts';
import type { Problems } from '../../../model/cards/card-check.ts';
import type { Draft } from '../../../model/cards/card-values.ts';
import {
  emptyEntry,
  entriesOf,
  type Entry,
  freeKeyOf,
  labelOfEntry,
  textOfEntry,
  writeEntryOf,
} from '../../../model/cards/entries.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { classes } from '../../../ui/button.tsx';
import styles from './card-form.module.css';
import { EntryKind } from './entry-kind.tsx';
import { EntryValue } from './entry-value.tsx';

interface RepeatedEditorProps {
  readonly field: EntryFieldRow;
  readonly draft: Draft;
  readonly change: (change: (draft: Draft) => Draft) => void;
  readonly problems: Problems;
  readonly autoFocus: boolean;
}

/** A field that may be there several times: its rows, each with its kind, and a button for one more. */
export function RepeatedEditor({ field, draft, change, problems, autoFocus }: RepeatedEditorProps) {
  const {
    contacts: { edit, fields },
  } = useMessages();
  const [added, setAdded] = useState<string>();
  const known = entriesOf(draft, field);
  const rows: readonly (readonly [string, Entry])[] =
    known.length > 0 ? known : [[freeKeyOf(draft, field), emptyEntry(field, 0)]];
  const write = (key: string, entry: Entry | undefined) => change((before) => writeEntryOf(before, field, key, entry));
  const add = () => {
    // The blank row of an empty field is not in the card yet: it stays above the new one.
    const [first] = rows;
    const base = known.length > 0 || !first ? draft : writeEntryOf(draft, field, ...first);
    const key = freeKeyOf(base, field);
    setAdded(key);
    change(() => writeEntryOf(base, field, key, emptyEntry(field, rows.length)));
  };
  const remove = (key: string, button: Element) => {
    write(key, undefined);
    // The only row stays, blank, and its button is of no use any more.
    if (known.length === 1) button.closest('fieldset')?.querySelector('input')?.focus();
  };
  const label = fields[field.label];
  return (
    <fieldset className={styles['group']}>
      <legend className={styles['legend']}>{label}</legend>
      {rows.map(([key, entry]) => {
        const problem = problems.get(`${field.property}/${key}`);
        return (
          <div key={key} className={classes(styles['row'], field.kinds === 'label' && styles['labelled'])}>
            <div className={styles['value']}>
              <EntryValue
                field={field}
                entry={entry}
                onChange={(changed) => write(key, changed)}
                autoFocus={key === added || (autoFocus && key === rows[0]?.[0])}
                error={problem && edit[problem]}
              />
            </div>
            <div className={styles['kind']}>
              <EntryKind field={field} draft={draft} entryKey={key} entry={entry} change={change} />
            </div>
            <IconButton
              label={edit.removeOne(label, textOfEntry(field, entry) || labelOfEntry(draft, field, key, entry))}
              onPress={({ target }) => remove(key, target)}
              isDisabled={known.length === 0}
            >
              <X size={16} aria-hidden />
            </IconButton>
          </div>
        );
      })}
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
