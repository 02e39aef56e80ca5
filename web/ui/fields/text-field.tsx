import type { ReactNode, Ref } from 'react';
import {
  Input,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';
import styles from './field.module.css';
import { FieldFrame } from './field-frame.tsx';

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children' | 'isInvalid'> {
  readonly label: string;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  readonly isOptional?: boolean;
  readonly isLabelHidden?: boolean;
  readonly placeholder?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** One line of text. */
export function TextField({
  label,
  description,
  error,
  isOptional,
  isLabelHidden,
  placeholder,
  inputRef,
  ...props
}: TextFieldProps) {
  return (
    <AriaTextField {...props} {...invalidity(error)} className={styles['field']!}>
      <FieldFrame
        label={label}
        description={description}
        error={error}
        isOptional={isOptional ?? false}
        isLabelHidden={isLabelHidden ?? false}
      >
        <Input ref={inputRef ?? null} className={styles['control']!} placeholder={placeholder ?? ''} />
      </FieldFrame>
    </AriaTextField>
  );
}

export interface TextAreaProps extends Omit<TextFieldProps, 'inputRef' | 'type'> {
  readonly rows?: number;
}

/** Several lines of text. */
export function TextArea({
  label,
  description,
  error,
  isOptional,
  isLabelHidden,
  placeholder,
  rows = 3,
  ...props
}: TextAreaProps) {
  return (
    <AriaTextField {...props} {...invalidity(error)} className={styles['field']!}>
      <FieldFrame
        label={label}
        description={description}
        error={error}
        isOptional={isOptional ?? false}
        isLabelHidden={isLabelHidden ?? false}
      >
        <AriaTextArea className={styles['control']!} placeholder={placeholder ?? ''} rows={rows} />
      </FieldFrame>
    </AriaTextField>
  );
}

/** An error of ours overrides the browser's validation; without one the field keeps validating by itself. */
export function invalidity(error: ReactNode): { isInvalid?: boolean; validationBehavior?: 'aria' } {
  return error ? { isInvalid: true, validationBehavior: 'aria' } : {};
}
