import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { useMessages } from '../../locales/messages.ts';
import { announce } from '../announce.ts';
import type { OptionsField } from './token-options.tsx';

type TokenKeys = Readonly<Record<string, (event: KeyboardEvent<HTMLInputElement>) => void>>;

/** What is chosen in a TokenField so far, what the text offers, and what becomes of it. */
export interface TokenChoice<T> {
  readonly tokens: readonly { readonly id: string }[];
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
  readonly onChoose: (option: T) => void;
  readonly isLoading: boolean;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

/** What the text and the list of a TokenField share. */
export interface TokenInput<T> extends OptionsField<T> {
  /** Nothing is there to offer yet. */
  readonly isWaiting: boolean;
  readonly setFocused: (isFocused: boolean) => void;
  readonly type: (text: string) => void;
  readonly remove: (tokenId: string) => void;
  readonly press: (event: KeyboardEvent<HTMLInputElement>) => void;
}

/** The text of a TokenField: which option is pointed at, and what each key does. */
export function useTokenInput<T>(props: TokenChoice<T>): TokenInput<T> {
  const { common } = useMessages();
  const { text, options, isLoading, tokens, inputRef: input } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [isFocused, setFocused] = useState(false);
  const [isClosed, setClosed] = useState(false);
  // The option is kept, not its place: rows may come before it.
  const [pointed, setPointed] = useState<string>();

  const isAsking = isFocused && !isClosed && text.trim() !== '';
  const isOpen = isAsking && (options.length > 0 || !isLoading);
  const place = options.findIndex((option) => props.optionId(option) === pointed);
  const active = place >= 0 ? place : props.isComplete(text) ? -1 : 0;
  const activeOption = isOpen ? options[active] : undefined;

  useEffect(() => {
    if (isOpen && !isLoading) announce(common.matches(options.length));
  }, [isOpen, isLoading, options.length, common]);

  const choose = (option: T) => {
    setPointed(undefined);
    props.onChoose(option);
    input.current?.focus();
  };
  const remove = (tokenId: string) => {
    props.onRemove(tokenId);
    if (tokens.length === 1) input.current?.focus();
  };
  const move = (step: number) => {
    const from = active < 0 && step < 0 ? 0 : active;
    const option = options[(from + step + options.length) % options.length];
    if (option) setPointed(props.optionId(option));
    setClosed(false);
  };
  const take = () => (activeOption ? choose(activeOption) : props.onCommit(text));
  const focusLastToken = () => box.current?.querySelector<HTMLElement>('[role="row"]:last-of-type')?.focus();
  const last = tokens.at(-1);
  const keys = tokenKeys({
    isOpen,
    hasText: text.trim() !== '',
    take,
    takeOption: () => activeOption && choose(activeOption),
    move,
    close: () => setClosed(true),
    removeLast: () => text === '' && last && remove(last.id),
    focusLastToken,
  });

  return {
    id,
    box,
    isOpen,
    isWaiting: isAsking && isLoading && options.length === 0,
    activeOption,
    optionKey: (option) => `${id}-${props.optionId(option)}`,
    setFocused,
    close: () => setClosed(true),
    type(typed) {
      setPointed(undefined);
      setClosed(false);
      if (props.hasSeparator(typed)) props.onCommit(typed);
      else props.onText(typed);
    },
    choose,
    point: (option) => setPointed(props.optionId(option)),
    remove,
    press(event) {
      // While an input method composes, its keys are its own.
      if (!event.nativeEvent.isComposing) keys[event.key]?.(event);
    },
  };
}

interface KeyActions {
  readonly isOpen: boolean;
  readonly hasText: boolean;
  readonly take: () => void;
  readonly takeOption: () => unknown;
  readonly move: (step: number) => void;
  readonly close: () => void;
  readonly removeLast: () => unknown;
  readonly focusLastToken: () => unknown;
}

function tokenKeys({
  isOpen,
  hasText,
  take,
  takeOption,
  move,
  close,
  removeLast,
  focusLastToken,
}: KeyActions): TokenKeys {
  return {
    // Enter never submits from here: one more press after the last chip would share at once.
    Enter(event) {
      event.preventDefault();
      if (hasText) take();
    },
    Tab: () => hasText && takeOption(),
    ArrowDown(event) {
      event.preventDefault();
      move(1);
    },
    ArrowUp(event) {
      event.preventDefault();
      move(-1);
    },
    Escape(event) {
      if (!isOpen) return;
      // The list closes; the dialog around it stays.
      event.stopPropagation();
      close();
    },
    Backspace: removeLast,
    ArrowLeft(event) {
      if (event.currentTarget.selectionEnd === 0) focusLastToken();
    },
  };
}
