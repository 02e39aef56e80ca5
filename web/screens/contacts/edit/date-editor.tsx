import { X } from 'lucide-react';
import type { DateFieldRow } from '../../../fields.ts';
import { useMessages } from '../../../locales/messages.ts';
import type { Problems } from '../../../model/cards/card-check.ts';
import { anniversaryOf, type Draft, partsOf, writeDate } from '../../../model/cards/card-values.ts';
import { IconButton } from '../../../ui/button.tsx';
import styles from './card-form.module.css';
import { DateInput } from './date-input.tsx';

interface DateEditorProps {
  readonly field: DateFieldRow;
  readonly draft: Draft;
  readonly change: (change: (draft: Draft) => Draft) => void;
  readonly problems: Problems;
  readonly autoFocus: boolean;
  /** The field goes away with its date. */
  readonly onRemove: () => void;
}

/** A date of which a card has one: the day of birth, for example. */
export function DateEditor({ field: { kind, label }, draft, change, problems, autoFocus, onRemove }: DateEditorProps) {
  const {
    contacts: { edit, fields },
  } = useMessages();
  const [key, anniversary] = anniversaryOf(draft, kind) ?? [];
  const problem = key === undefined ? undefined : problems.get(`anniversaries/${key}`);
  const remove = () => {
    change((before) => writeDate(before, kind, undefined));
    onRemove();
  };
  return (
    <fieldset className={styles['group']}>
      <legend className={styles['legend']}>{fields[label]}</legend>
      <div className={styles['date']}>
        <DateInput
          value={anniversary ? partsOf(anniversary.date) : {}}
          onChange={(date) =>
            change((before) => writeDate(before, kind, Object.keys(date).length > 0 ? date : undefined))
          }
          error={problem && edit[problem]}
          autoFocus={autoFocus}
        />
        <IconButton label={edit.removeOne(fields[label], '')} onPress={remove}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
    </fieldset>
  );
}
