import { useState } from 'react';
import { partsOfDate } from '../../../../src/format/import/dates.ts';
import type { PartialDate } from '../../../../src/format/jscontact/types.ts';
import { useLanguage, useMessages } from '../../../locales/messages.ts';
import { formatPartialDate } from '../../../model/cards/partial-date.ts';
import { announce } from '../../../ui/announce.ts';
import { Select } from '../../../ui/fields/select.tsx';
import { TextField } from '../../../ui/fields/text-field.tsx';

interface DateInputProps {
  readonly value: PartialDate;
  readonly onChange: (date: PartialDate) => void;
  readonly error: string | undefined;
  readonly autoFocus: boolean;
  /** In a row among others: its labels stand inside, or are only heard. */
  readonly isCompact?: boolean;
}

interface Typed {
  /** Or a whole date, which fills the other two. */
  readonly day: string;
  /** Which day that is. None is the 0th: what cannot be read is told when one saves, and not lost before. */
  readonly dayNumber: number | undefined;
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
  const typeDay = (text: string) => {
    const whole = wholeDate(text, language);
    if (!whole) return type({ day: text, dayNumber: isPlainDay(text) ? Number(text) || undefined : 0 });
    const { day, month, year } = typedOf(whole);
    const isComplete = /\d{4}/u.test(text);
    type({ day: isComplete ? day : text, dayNumber: whole.day, month, ...(year && { year }) });
    if (isComplete) announce(formatPartialDate(whole, language));
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
        autoComplete="off"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the field was asked for: typing starts at once
        autoFocus={autoFocus}
        value={typed.day}
        onChange={typeDay}
        onBlur={() => wholeDate(typed.day, language) && setLast(typedOf(value))}
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
  return { day: String(day ?? ''), dayNumber: day, month: String(month ?? noMonth), year: String(year ?? '') };
}

const isPlainDay = (text: string) => /^\d{0,2}$/u.test(text.trim());

/** What was typed into the day, if it is more than that. */
function wholeDate(text: string, language: string): PartialDate | undefined {
  const date = isPlainDay(text) ? undefined : partsOfDate(text.trim(), orderIn(language));
  return date?.day !== undefined && date.month !== undefined && date.month <= 12 ? date : undefined;
}

/** Of those who write English, some put the month first. */
function orderIn(language: string): 'dmy' | 'mdy' {
  const own = navigator.languages.find((tag) => tag.startsWith(language)) ?? language;
  const parts = new Intl.DateTimeFormat(own).formatToParts().map(({ type }) => type);
  return parts.indexOf('month') < parts.indexOf('day') ? 'mdy' : 'dmy';
}

function digits(text: string): string {
  return text.replace(/\D/g, '');
}

function dateOf({ dayNumber, month, year }: Typed): PartialDate {
  return {
    ...(year ? { year: Number(year) } : {}),
    ...(month !== noMonth ? { month: Number(month) } : {}),
    ...(dayNumber === undefined ? {} : { day: dayNumber }),
  };
}

function isSame(a: PartialDate, b: PartialDate): boolean {
  return a.year === b.year && (a.month || undefined) === (b.month || undefined) && a.day === b.day;
}
