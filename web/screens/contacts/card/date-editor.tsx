import { X } from 'lucide-react';
import { useState } from 'react';
import type { DateFieldRow } from '../../../fields.ts';
import { useLanguage, useMessages } from '../../../locales/messages.ts';
import type { Problems } from '../../../model/cards/card-check.ts';
import { anniversaryOf, type Draft, partsOf, writeDate } from '../../../model/cards/card-values.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Select } from '../../../ui/fields/select.tsx';
import { TextField } from '../../../ui/fields/text-field.tsx';
import styles from './card-form.module.css';

export interface DateEditorProps {
  readonly field: DateFieldRow;
  readonly draft: Draft;
  readonly change: (change: (draft: Draft) => Draft) => void;
  readonly problems: Problems;
}

interface Typed {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

const noMonth = '0';

/** A date of which the year may be unknown: a day, a month, and a year if there is one. */
export function DateEditor({ field: { kind, label }, draft, change, problems }: DateEditorProps) {
  const {
    contacts: { edit, fields },
  } = useMessages();
  const language = useLanguage();
  const [key, anniversary] = anniversaryOf(draft, kind) ?? [];
  const [typed, setTyped] = useState<Typed>(() => {
    const { day, month, year } = anniversary ? partsOf(anniversary.date) : {};
    return { day: String(day ?? ''), month: String(month ?? noMonth), year: String(year ?? '') };
  });
  const type = (part: Partial<Typed>) => {
    const next = { ...typed, ...part };
    setTyped(next);
    change((before) => writeDate(before, kind, dateOf(next)));
  };
  const problem = key === undefined ? undefined : problems.get(`anniversaries/${key}`);
  const months = Array.from({ length: 12 }, (_, index) => ({
    id: String(index + 1),
    label: new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(
      new Date(Date.UTC(2000, index, 1)),
    ),
  }));
  return (
    <fieldset className={styles['group']}>
      <legend className={styles['legend']}>{fields[label]}</legend>
      <div className={styles['date']}>
        <TextField
          label={fields.day}
          inputMode="numeric"
          maxLength={2}
          autoComplete="off"
          value={typed.day}
          onChange={(day) => type({ day: digits(day) })}
          error={problem && edit[problem]}
        />
        <Select
          label={fields.month}
          options={[{ id: noMonth, label: '–' }, ...months]}
          value={typed.month}
          onChange={(month) => type({ month })}
        />
        <TextField
          label={fields.year}
          inputMode="numeric"
          maxLength={4}
          isOptional
          autoComplete="off"
          value={typed.year}
          onChange={(year) => type({ year: digits(year) })}
        />
        <IconButton
          label={edit.removeOne(fields[label], '')}
          onPress={() => type({ day: '', month: noMonth, year: '' })}
        >
          <X size={16} aria-hidden />
        </IconButton>
      </div>
    </fieldset>
  );
}

function digits(text: string): string {
  return text.replace(/\D/g, '');
}

function dateOf({ day, month, year }: Typed) {
  const date = {
    ...(year ? { year: Number(year) } : {}),
    ...(month !== noMonth ? { month: Number(month) } : {}),
    ...(day ? { day: Number(day) } : {}),
  };
  return Object.keys(date).length > 0 ? date : undefined;
}
