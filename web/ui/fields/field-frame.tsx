import type { ReactNode } from 'react';
import { FieldError, Label, Text } from 'react-aria-components';
import { useMessages } from '../../locales/messages.ts';
import styles from './field.module.css';

/** What every field has around its control. */
export interface FieldFrameProps {
  readonly label: string;
  /** Says below the control what is expected. */
  readonly description?: ReactNode;
  /** A sentence makes the field invalid and is read out. */
  readonly error?: ReactNode;
  readonly isOptional?: boolean;
  /** For a field whose neighbours say what it is; screen readers still read the label. */
  readonly isLabelHidden?: boolean;
  readonly children: ReactNode;
}

/** Label above, control, then description or error; stands inside a RAC field. */
export function FieldFrame({ label, description, error, isOptional, isLabelHidden, children }: FieldFrameProps) {
  const { common } = useMessages();
  return (
    <>
      <Label className={isLabelHidden ? 'visually-hidden' : styles['label']!}>
        {label}
        {isOptional ? <span className={styles['optional']}> ({common.optional})</span> : null}
      </Label>
      {children}
      {description ? (
        <Text slot="description" className={styles['description']!}>
          {description}
        </Text>
      ) : null}
      <FieldError className={styles['error']!}>
        {error ? error : ({ validationErrors }) => validationErrors.join(' ')}
      </FieldError>
    </>
  );
}
