import type { ReactNode, Ref } from 'react';
import { ComboBox as AriaComboBox, Input, type Key, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useMessages } from '../locales/messages.ts';
import styles from './field.module.css';
import { FieldFrame } from './field-frame.tsx';
import popover from './popover.module.css';
import { ProgressBar } from './progress-bar.tsx';
import { invalidity } from './text-field.tsx';

export interface ComboBoxProps<T extends object> {
  readonly label: string;
  readonly inputValue: string;
  readonly onInputChange: (text: string) => void;
  /** What is offered for the text; the caller fetches and ranks. */
  readonly items: readonly T[];
  readonly idOf: (item: T) => string;
  readonly textOf: (item: T) => string;
  readonly renderItem: (item: T) => ReactNode;
  readonly onSelect: (item: T) => void;
  /** While true and nothing is there to offer yet, a thin bar runs below the field. */
  readonly isLoading?: boolean;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  readonly placeholder?: string;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly onKeyDown?: (event: React.KeyboardEvent) => void;
  readonly onBlur?: () => void;
  readonly onPaste?: (event: React.ClipboardEvent<HTMLInputElement>) => void;
}

/** A text field that offers matches while one types; free text stays allowed. */
export function ComboBox<T extends object>(props: ComboBoxProps<T>) {
  const { common } = useMessages();
  const { label, items, idOf, textOf, renderItem, onSelect, description, error } = props;
  const choose = (key: Key | null) => {
    const item = items.find((candidate) => idOf(candidate) === key);
    if (item) onSelect(item);
  };
  return (
    <AriaComboBox
      inputValue={props.inputValue}
      onInputChange={props.onInputChange}
      items={items}
      value={null}
      onChange={choose}
      allowsCustomValue
      allowsEmptyCollection={props.inputValue.trim() !== '' && props.isLoading === false}
      menuTrigger="input"
      isDisabled={props.isDisabled ?? false}
      autoFocus={props.autoFocus ?? false}
      {...(props.onKeyDown ? { onKeyDown: props.onKeyDown as never } : {})}
      {...(props.onBlur ? { onBlur: props.onBlur } : {})}
      {...invalidity(error)}
      className={styles['field']!}
    >
      <FieldFrame label={label} description={description} error={error}>
        <div className={styles['group']}>
          <Input
            ref={props.inputRef ?? null}
            className={styles['control']!}
            placeholder={props.placeholder ?? ''}
            autoComplete="off"
            {...(props.onPaste ? { onPaste: props.onPaste } : {})}
          />
          {props.isLoading && items.length === 0 ? <ProgressBar label={common.loading} /> : null}
        </div>
      </FieldFrame>
      <Popover className={popover['popover']!} offset={4}>
        <ListBox
          className={popover['list']!}
          items={items}
          renderEmptyState={() => <div className={popover['empty']}>{common.noMatch}</div>}
        >
          {(item: T) => (
            <ListBoxItem id={idOf(item)} textValue={textOf(item)} className={popover['item']!}>
              {renderItem(item)}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
