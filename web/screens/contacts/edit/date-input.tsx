import { useState } from 'react';
import type { PartialDate } from '../../../../src/format/jscontact/types.ts';
import { useLanguage, useMessages } from '../../../locales/messages.ts';
import { Select } from '../../../ui/fields/select.tsx';
import { TextField } from '../../../ui/fields/text-field.tsx';

export interface DateInputProps {
  readonly value: PartialDate;
  readonly onChange: (date: PartialDate) => void;
  readonly error: string | undefined;
  readonly autoFocus: boolean;
  /** In a row among others: its labels stand inside, or are only heard. */
  readonly isCompact?: boolean;
}

interface Typed {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

const noMonth = '0';

/** A date of which the year may be unknown: a day, a month, and a year if there is one. */
export function DateInput({ value, onChange, error, autoFocus, isCompact = false }: DateInputProps) {
  const {
    contacts: { fields },
  } = useMessages();
  const language = useLanguage();
  const [last, setLast] = useState<Typed>(() => typedOf(value));
  // What was typed stands as it is, unless the card has another date by now.
  const typed = isSame(dateOf(last), value) ? last : typedOf(value);
  const type = (part: Partial<Typed>) => {
    const next = { ...typed, ...part };
    setLast(next);
    onChange(dateOf(next));
  };
  const months = Array.from({ length: 12 }, (_, index) => ({
    id: String(index + 1),
    label: new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(
      new Date(Date.UTC(2000, index, 1)),
    ),
  }));
  return (
    <>
      <TextField
        label={fields.day}
        {...(isCompact ? { isLabelHidden: true, placeholder: fields.day } : {})}
        inputMode="numeric"
        maxLength={2}
        autoComplete="off"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the field was asked for: typing starts at once
        autoFocus={autoFocus}
        value={typed.day}
        onChange={(day) => type({ day: digits(day) })}
        error={error}
      />
      <Select
        label={fields.month}
        isLabelHidden={isCompact}
        options={[{ id: noMonth, label: isCompact ? fields.month : '–' }, ...months]}
        value={typed.month}
        onChange={(month) => type({ month })}
      />
      <TextField
        label={fields.year}
        {...(isCompact ? { isLabelHidden: true, placeholder: fields.year } : {})}
        inputMode="numeric"
        maxLength={4}
        isOptional
        autoComplete="off"
        value={typed.year}
        onChange={(year) => type({ year: digits(year) })}
      />
    </>
  );
}

function typedOf({ day, month, year }: PartialDate): Typed {
  return { day: String(day ?? ''), month: String(month ?? noMonth), year: String(year ?? '') };
}

function digits(text: string): string {
  return text.replace(/\D/g, '');
}

function dateOf({ day, month, year }: Typed): PartialDate {
  return {
    ...(year ? { year: Number(year) } : {}),
    ...(month !== noMonth ? { month: Number(month) } : {}),
    ...(day ? { day: Number(day) } : {}),
  };
}

function isSame(a: PartialDate, b: PartialDate): boolean {
  return a.year === b.year && (a.month || undefined) === (b.month || undefined) && a.day === b.day;
}
