import type { ReactNode } from 'react';
import { Label, Radio, RadioGroup as AriaRadioGroup } from 'react-aria-components';
import { classes } from '../button.tsx';
import styles from './choice.module.css';

export interface RadioOption<K extends string> {
  readonly id: K;
  readonly label: string;
  readonly description?: ReactNode;
  readonly isDisabled?: boolean;
}

export interface RadioGroupProps<K extends string> {
  readonly label: string;
  readonly options: readonly RadioOption<K>[];
  readonly value: K;
  readonly onChange: (value: K) => void;
  readonly isDisabled?: boolean;
  /** Side by side where there is room. */
  readonly orientation?: 'horizontal' | 'vertical';
}

/** One of a few choices, all visible, each with a line that explains it. */
export function RadioGroup<K extends string>({ label, options, value, onChange, ...props }: RadioGroupProps<K>) {
  const choose = (chosen: string) => {
    const option = options.find((candidate) => candidate.id === chosen);
    if (option) onChange(option.id);
  };
  return (
    <AriaRadioGroup {...props} value={value} onChange={choose} className={styles['group']!}>
      <Label className={styles['label']!}>{label}</Label>
      {options.map((option) => (
        <Radio key={option.id} value={option.id} isDisabled={option.isDisabled ?? false} className={styles['choice']!}>
          <span className={classes(styles['box'], styles['round'])} aria-hidden />
          <span className={styles['text']}>
            {option.label}
            {option.description ? <span className={styles['description']}>{option.description}</span> : null}
          </span>
        </Radio>
      ))}
    </AriaRadioGroup>
  );
}
