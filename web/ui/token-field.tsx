import { X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { Button, Popover, Tag, TagGroup, TagList } from 'react-aria-components';
import { useMessages } from '../locales/messages.ts';
import { announce } from './announce.ts';
import { classes } from './button.tsx';
import field from './field.module.css';
import popover from './popover.module.css';
import { ProgressBar } from './progress-bar.tsx';
import styles from './token-field.module.css';

/** Something chosen, shown as a chip inside the field. */
export interface Token {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** Marks the chip and is read out with it. */
  readonly error?: string | undefined;
}

export interface TokenFieldProps<T> {
  readonly label: string;
  readonly description?: ReactNode;
  readonly placeholder?: string;
  readonly tokens: readonly Token[];
  readonly tokensLabel: string;
  /** « Retirer »; the name of the chip is read after it. */
  readonly removeLabel: string;
  readonly onRemove: (id: string) => void;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** The text is to become chips: a separator, Enter, leaving the field, or something pasted. */
  readonly onCommit: (text: string) => void;
  /** True for a text with which Enter takes the text itself, not the first of the options. */
  readonly isComplete: (text: string) => boolean;
  readonly hasSeparator: (text: string) => boolean;
  readonly options: readonly T[];
  readonly optionId: (option: T) => string;
  readonly renderOption: (option: T) => ReactNode;
  readonly onChoose: (option: T) => void;
  readonly isLoading: boolean;
  /** Shown when the text matches nothing. */
  readonly emptyText: ReactNode;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  /** What is wrong with single chips. */
  readonly children?: ReactNode;
}

/** A field for several values: chips, then a text that offers matches while one types (ARIA combobox with a list). */
export function TokenField<T>(props: TokenFieldProps<T>) {
  const { common } = useMessages();
  const { text, options, isLoading, tokens, inputRef: input } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [isFocused, setFocused] = useState(false);
  const [isClosed, setClosed] = useState(false);
  // The option is kept, not its place: rows may come before it.
  const [chosen, setChosen] = useState<string>();

  const isAsking = isFocused && !isClosed && text.trim() !== '';
  const isOpen = isAsking && (options.length > 0 || !isLoading);
  const pointed = options.findIndex((option) => props.optionId(option) === chosen);
  const active = pointed >= 0 ? pointed : props.isComplete(text) ? -1 : 0;
  const activeOption = isOpen ? options[active] : undefined;
  const optionKey = (option: T) => `${id}-${props.optionId(option)}`;

  useEffect(() => {
    if (isOpen && !isLoading) announce(common.matches(options.length));
  }, [isOpen, isLoading, options.length, common]);

  const type = (typed: string) => {
    setChosen(undefined);
    setClosed(false);
    if (props.hasSeparator(typed)) props.onCommit(typed);
    else props.onText(typed);
  };
  const choose = (option: T) => {
    setChosen(undefined);
    props.onChoose(option);
    input.current?.focus();
  };
  const take = () => (activeOption ? choose(activeOption) : props.onCommit(text));
  const remove = (key: string) => {
    props.onRemove(key);
    if (tokens.length === 1) input.current?.focus();
  };
  const move = (step: number) => {
    const from = active < 0 && step < 0 ? 0 : active;
    const option = options[(from + step + options.length) % options.length];
    if (option) setChosen(props.optionId(option));
    setClosed(false);
  };

  const keys: Readonly<Record<string, (event: KeyboardEvent<HTMLInputElement>) => void>> = {
    // Enter never submits from here: one more press after the last chip would share at once.
    Enter: (event) => {
      event.preventDefault();
      if (text.trim()) take();
    },
    Tab: () => {
      if (activeOption && text.trim()) choose(activeOption);
    },
    ArrowDown: (event) => {
      event.preventDefault();
      move(1);
    },
    ArrowUp: (event) => {
      event.preventDefault();
      move(-1);
    },
    Escape: (event) => {
      if (!isOpen) return;
      // The list closes; the dialog around it stays.
      event.stopPropagation();
      setClosed(true);
    },
    Backspace: () => {
      const last = tokens.at(-1);
      if (text === '' && last) remove(last.id);
    },
    ArrowLeft: (event) => {
      if (event.currentTarget.selectionEnd === 0) box.current?.querySelector<HTMLElement>('[role="row"]:last-of-type')?.focus();
    },
  };

  return (
    <div className={field['field']}>
      <label htmlFor={id} className={field['label']}>
        {props.label}
      </label>
      <div ref={box} className={classes(field['group'], styles['box'])} onClick={(event) => event.target === event.currentTarget && input.current?.focus()}>
        {tokens.length > 0 ? <Tokens {...props} onRemove={remove} /> : null}
        <input
          ref={input}
          id={id}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={isOpen ? `${id}-list` : undefined}
          aria-activedescendant={activeOption ? optionKey(activeOption) : undefined}
          aria-describedby={`${id}-description`}
          className={classes(field['control'], styles['input'])}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          inputMode="email"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first field of a dialog that was just asked for
          autoFocus={props.autoFocus ?? false}
          disabled={props.isDisabled ?? false}
          placeholder={tokens.length === 0 ? (props.placeholder ?? '') : ''}
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false);
            if (text.trim()) props.onCommit(text);
          }}
          onKeyDown={(event) => {
            if (!event.nativeEvent.isComposing) keys[event.key]?.(event);
          }}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text');
            // A single-line field would swallow the line breaks between addresses.
            if (!props.hasSeparator(pasted.trim())) return;
            event.preventDefault();
            props.onCommit(text + pasted);
          }}
        />
        {isAsking && isLoading && options.length === 0 ? <ProgressBar label={common.loading} /> : null}
      </div>
      <div id={`${id}-description`} className={styles['below']}>
        {props.description ? <div className={field['description']}>{props.description}</div> : null}
      </div>
      {props.children}
      <Popover
        triggerRef={box}
        isOpen={isOpen}
        onOpenChange={(open) => !open && setClosed(true)}
        isNonModal
        {...portalOf(box.current)}
        placement="bottom start"
        offset={4}
        className={classes(popover['popover'], styles['popover'])}
        style={{ '--field-width': `${box.current?.offsetWidth ?? 0}px` } as React.CSSProperties}
      >
        <ul id={`${id}-list`} role="listbox" aria-label={props.label} className={popover['list']}>
          {options.map((option) => (
            <li
              key={optionKey(option)}
              id={optionKey(option)}
              ref={option === activeOption ? scrollIntoList : null}
              role="option"
              aria-selected={option === activeOption}
              className={popover['item']}
              {...(option === activeOption ? { 'data-focused': true } : {})}
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => setChosen(props.optionId(option))}
              onClick={() => choose(option)}
            >
              {props.renderOption(option)}
            </li>
          ))}
        </ul>
        {options.length === 0 ? <div className={popover['empty']}>{props.emptyText}</div> : null}
      </Popover>
    </div>
  );
}

/** Inside of a dialog the list belongs to it; beside it, screen readers would find it outside of everything. */
function portalOf(box: HTMLElement | null): { UNSTABLE_portalContainer?: HTMLElement } {
  const dialog = box?.closest<HTMLElement>('[role="dialog"], [role="alertdialog"]');
  return dialog ? { UNSTABLE_portalContainer: dialog } : {};
}

function scrollIntoList(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' });
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
          <Tag key={id} id={id} textValue={error ? `${label} – ${error}` : label} className={classes(styles['token'], error && styles['wrong'])}>
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
