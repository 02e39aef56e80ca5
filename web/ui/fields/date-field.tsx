import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Input, TextField as AriaTextField } from 'react-aria-components';
import field from './field.module.css';
import { FieldFrame } from './field-frame.tsx';
import { invalidity } from './text-field.tsx';

export interface DateFieldProps {
  readonly label: string;
  /** "2026-03-31", or empty. */
  readonly value: string;
  readonly onChange: (day: string) => void;
  readonly min?: string;
  readonly clearLabel: string;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  readonly isOptional?: boolean;
  readonly isDisabled?: boolean;
}

/** A day, with the browser's own calendar: it knows the person's habits, fingers and screen readers. */
export function DateField({
  label,
  value,
  onChange,
  min,
  clearLabel,
  description,
  error,
  isOptional,
  isDisabled,
}: DateFieldProps) {
  return (
    <AriaTextField
      {...invalidity(error)}
      type="date"
      value={value}
      onChange={onChange}
      isDisabled={isDisabled ?? false}
      className={field['field']!}
    >
      <FieldFrame label={label} description={description} error={error} isOptional={isOptional ?? false}>
        <div className={field['group']}>
          <Input className={field['control']!} {...(min ? { min } : {})} />
          {value ? (
            <Button className={field['inside']!} aria-label={clearLabel} onPress={() => onChange('')}>
              <X size={14} aria-hidden />
            </Button>
          ) : null}
        </div>
      </FieldFrame>
    </AriaTextField>
  );
}
