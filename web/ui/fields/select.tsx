import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button,
  type Key,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components';
import { classes } from '../button.tsx';
import styles from './field.module.css';
import { FieldFrame } from './field-frame.tsx';
import popover from '../popover.module.css';
import { invalidity } from './text-field.tsx';

export interface SelectOption<K extends string> {
  readonly id: K;
  readonly label: string;
  readonly description?: string;
  /** Stands before the label, in the list and in the field. */
  readonly icon?: ReactNode;
}

export interface SelectProps<K extends string> {
  readonly label: string;
  readonly options: readonly SelectOption<K>[];
  readonly value: K;
  readonly onChange: (value: K) => void;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  readonly isDisabled?: boolean;
  readonly isLabelHidden?: boolean;
  readonly name?: string;
}

/** A drop-down of a few fixed choices. */
export function Select<K extends string>({
  label,
  options,
  value,
  onChange,
  description,
  error,
  isLabelHidden,
  ...props
}: SelectProps<K>) {
  const choose = (key: Key | null) => {
    const option = options.find((candidate) => candidate.id === key);
    if (option) onChange(option.id);
  };
  return (
    <AriaSelect {...props} {...invalidity(error)} value={value} onChange={choose} className={styles['field']!}>
      <FieldFrame label={label} description={description} error={error} isLabelHidden={isLabelHidden ?? false}>
        <Button className={classes(styles['control'], styles['trigger'])}>
          <SelectValue className={styles['value']!}>
            <SelectedOption option={options.find((option) => option.id === value)} />
          </SelectValue>
          <ChevronDown size={16} aria-hidden />
        </Button>
      </FieldFrame>
      <Popover className={popover['popover']!} offset={4}>
        <ListBox className={popover['list']!} items={options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={popover['item']!}>
              {option.icon}
              <span className={popover['text']}>
                {option.label}
                {option.description ? <span className={popover['description']}>{option.description}</span> : null}
              </span>
              <Check size={16} aria-hidden className={popover['check']} />
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

function SelectedOption({ option }: { readonly option: SelectOption<string> | undefined }) {
  return (
    <>
      {option?.icon}
      {option?.label}
    </>
  );
}
