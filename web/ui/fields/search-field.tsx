import { Search, X } from 'lucide-react';
import type { Ref } from 'react';
import {
  Button,
  Input,
  type InputProps,
  SearchField as AriaSearchField,
  type SearchFieldProps as AriaSearchFieldProps,
} from 'react-aria-components';
import { useMessages } from '../../locales/messages.ts';
import { classes } from '../button.tsx';
import styles from './field.module.css';

export interface SearchFieldProps extends Omit<
  AriaSearchFieldProps,
  'className' | 'style' | 'children' | 'aria-label'
> {
  readonly label: string;
  readonly placeholder?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
  /** The frame around it, below which a list may stand. */
  readonly boxRef?: Ref<HTMLDivElement>;
  /** More that the box itself does. */
  readonly input?: InputProps;
}

/** A search box; Escape and the cross clear it. */
export function SearchField({ label, placeholder, inputRef, boxRef, input, ...props }: SearchFieldProps) {
  const { common } = useMessages();
  return (
    <AriaSearchField {...props} aria-label={label} className={classes(styles['field'], styles['search'])}>
      <div ref={boxRef ?? null} className={styles['group']}>
        <Search size={16} aria-hidden />
        <Input {...input} ref={inputRef ?? null} className={styles['control']!} placeholder={placeholder ?? ''} />
        <Button className={classes(styles['inside'], styles['clear'])} aria-label={common.clear}>
          <X size={14} aria-hidden />
        </Button>
      </div>
    </AriaSearchField>
  );
}
