import { X } from 'lucide-react';
import type { ClipboardEvent, ReactNode } from 'react';
import { Button, Tag, TagGroup, TagList } from 'react-aria-components';
import { useMessages } from '../../locales/messages.ts';
import { classes } from '../button.tsx';
import field from './field.module.css';
import { ProgressBar } from '../progress-bar.tsx';
import styles from './token-field.module.css';
import { TokenOptions } from './token-options.tsx';
import { type TokenChoice, useTokenInput } from './use-token-input.ts';

/** Something chosen, shown as a chip inside the field. */
export interface Token {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** Marks the chip and is read out with it. */
  readonly error?: string | undefined;
}

export interface TokenFieldProps<T> extends TokenChoice<T> {
  readonly label: string;
  readonly description?: ReactNode;
  readonly placeholder?: string;
  readonly tokens: readonly Token[];
  readonly tokensLabel: string;
  /** « Retirer »; the name of the chip is read after it. */
  readonly removeLabel: string;
  readonly renderOption: (option: T) => ReactNode;
  /** Shown when the text matches nothing. */
  readonly emptyText: ReactNode;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  /** The keyboard of a phone; for addresses by default. */
  readonly inputMode?: 'email' | 'text';
  /** What is wrong with single chips. */
  readonly children?: ReactNode;
}

/** A field for several values: chips, then a text that offers matches while one types (ARIA combobox with a list). */
export function TokenField<T>(props: TokenFieldProps<T>) {
  const { common } = useMessages();
  const { text, options, tokens, label, inputRef: input } = props;
  const tokenInput = useTokenInput(props);
  const { id, isOpen, activeOption } = tokenInput;
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData('text');
    // A single-line field would swallow the line breaks between addresses.
    if (!props.hasSeparator(pasted.trim())) return;
    event.preventDefault();
    props.onCommit(text + pasted);
  };
  return (
    <div className={field['field']}>
      <label htmlFor={id} className={field['label']}>
        {label}
      </label>
      <div
        ref={tokenInput.box}
        role="presentation"
        className={classes(field['group'], styles['box'])}
        onClick={(event) => event.target === event.currentTarget && input.current?.focus()}
      >
        {tokens.length > 0 ? <Tokens {...props} onRemove={tokenInput.remove} /> : null}
        <input
          ref={input}
          id={id}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={isOpen ? `${id}-list` : undefined}
          aria-activedescendant={activeOption ? tokenInput.optionKey(activeOption) : undefined}
          aria-describedby={`${id}-description`}
          className={classes(field['control'], styles['input'])}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          inputMode={props.inputMode ?? 'email'}
          autoFocus={props.autoFocus ?? false}
          disabled={props.isDisabled ?? false}
          placeholder={tokens.length === 0 ? (props.placeholder ?? '') : ''}
          value={text}
          onChange={(event) => tokenInput.type(event.currentTarget.value)}
          onFocus={() => tokenInput.setFocused(true)}
          onBlur={() => {
            tokenInput.setFocused(false);
            if (text.trim()) props.onCommit(text);
          }}
          onKeyDown={tokenInput.press}
          onPaste={paste}
        />
        {tokenInput.isWaiting ? <ProgressBar label={common.loading} /> : null}
      </div>
      <div id={`${id}-description`} className={styles['below']}>
        {props.description ? <div className={field['description']}>{props.description}</div> : null}
      </div>
      {props.children}
      <TokenOptions
        field={tokenInput}
        label={label}
        options={options}
        renderOption={props.renderOption}
        emptyText={props.emptyText}
      />
    </div>
  );
}

type TokensProps = Pick<TokenFieldProps<unknown>, 'tokens' | 'tokensLabel' | 'removeLabel' | 'onRemove' | 'isDisabled'>;

/** The chips; arrows go from one to the next, Delete and Backspace remove. */
function Tokens({ tokens, tokensLabel, removeLabel, onRemove, isDisabled = false }: TokensProps) {
  const removeAll = (keys: Iterable<unknown>) => {
    for (const key of keys) onRemove(String(key));
  };
  return (
    <TagGroup aria-label={tokensLabel} {...(isDisabled ? {} : { onRemove: removeAll })} className={styles['group']!}>
      <TagList className={styles['tokens']!}>
        {tokens.map(({ id, label, icon, error }) => (
          <Tag
            key={id}
            id={id}
            textValue={error ? `${label} – ${error}` : label}
            className={classes(styles['token'], error && styles['wrong'])}
          >
            {icon}
            <span className={styles['text']}>{label}</span>
            {error ? <span className="visually-hidden">{error}</span> : null}
            <Button slot="remove" aria-label={removeLabel} className={styles['remove']!}>
              <X size={13} aria-hidden />
            </Button>
          </Tag>
        ))}
      </TagList>
    </TagGroup>
  );
}
