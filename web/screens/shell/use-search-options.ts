import { type KeyboardEvent, type RefObject, useId, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useLanguage } from '../../locales/messages.ts';
import { visibleRows } from '../../model/folders/folder-tree.ts';
import { type Completion, completionsAt, pieceAt } from '../../model/search/completions.ts';
import { isCalled } from '../../model/search/search-query.ts';
import type { OptionsField } from '../../ui/fields/token-options.tsx';
import { useKeywords } from '../contacts/tags/use-keywords.ts';
import { useFolderTree } from '../folders/use-folder-tree.ts';
import { useOrganizations } from './use-organizations.ts';
import type { SearchBox } from './use-search-box.ts';

/** What the search box offers below itself. */
export interface SearchOptions {
  readonly field: OptionsField<Completion>;
  readonly options: readonly Completion[];
  readonly setFocused: (isFocused: boolean) => void;
  /** Where the caret stands decides what is meant. */
  readonly noteCaret: () => void;
  readonly press: (event: KeyboardEvent) => void;
}

/** Fields, folders and organisations that can be meant; nothing is chosen unless one goes to it. */
export function useSearchOptions(box: SearchBox, input: RefObject<HTMLInputElement | null>): SearchOptions {
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const [isFocused, setFocused] = useState(false);
  const [isClosed, setClosed] = useState(false);
  const [caret, setCaret] = useState(box.text.length);
  const [pointed, setPointed] = useState<string>();
  const options = useCompletions(box.text, Math.min(caret, box.text.length), isFocused);
  const isOpen = isFocused && !isClosed && options.length > 0;
  const active = isOpen ? options.findIndex((option) => option.id === pointed) : -1;

  const choose = (option: Completion) => {
    // Drawn at once: a caret that is set later would land in the middle of what is typed meanwhile.
    flushSync(() => {
      box.type(option.text);
      if (option.kind === 'value') box.search(option.text);
      setPointed(undefined);
      setCaret(option.caret);
    });
    input.current?.focus();
    input.current?.setSelectionRange(option.caret, option.caret);
  };
  const move = (step: number) => {
    const count = options.length + 1;
    // Before the first one is the text itself.
    const next = (active + 1 + step + count) % count;
    setPointed(options[next - 1]?.id);
  };
  const keys: Readonly<Record<string, () => boolean>> = {
    ArrowDown: () => (options.length > 0 ? (setClosed(false), move(1), true) : goToResults()),
    ArrowUp: () => isOpen && (move(-1), true),
    Enter: () => active >= 0 && (choose(options[active]!), true),
    Tab: () => active >= 0 && (choose(options[active]!), true),
    Escape: () => isOpen && (setClosed(true), setPointed(undefined), true),
  };
  return {
    options,
    setFocused(focused) {
      setFocused(focused);
      setClosed(false);
      setPointed(undefined);
    },
    noteCaret() {
      setCaret(input.current?.selectionStart ?? 0);
      setClosed(false);
    },
    press(event) {
      if (event.nativeEvent.isComposing || keys[event.key]?.() !== true) return;
      event.preventDefault();
      event.stopPropagation();
    },
    field: {
      id,
      box: frame,
      isOpen,
      activeOption: options[active],
      optionKey: (option) => `${id}-${option.id}`,
      close: () => setClosed(true),
      choose,
      point: (option) => setPointed(option.id),
    },
  };
}

/** With nothing to choose below the box, the way down leads into the results. */
function goToResults(): boolean {
  const results = location.pathname.startsWith('/search') && document.querySelector<HTMLElement>('[role="grid"]');
  if (!results) return false;
  results.focus();
  return true;
}

function useCompletions(text: string, caret: number, isWanted: boolean): readonly Completion[] {
  const language = useLanguage();
  const { nodes } = useFolderTree();
  const rows = useMemo(() => visibleRows(nodes, new Set()).filter(({ book }) => book !== null), [nodes]);
  const accountIds = useMemo(() => [...new Set(rows.flatMap(({ book }) => book?.accountId ?? []))], [rows]);
  const piece = pieceAt(text, caret);
  const begin = isWanted && piece?.field?.filter === 'organization' ? piece.value.trim() : null;
  const organizations = useOrganizations(begin, accountIds);
  const keywords = useKeywords(isWanted && piece?.field?.filter === 'keyword' ? accountIds : []);
  return useMemo(() => {
    if (!isWanted) return [];
    return completionsAt(text, caret, {
      language,
      valuesOf: ({ filter }, typed) => {
        if (filter === 'organization') return organizations;
        if (filter === 'keyword')
          return keywords.map(({ keyword }) => keyword).filter((keyword) => isCalled(keyword, typed));
        if (filter === 'folder') return rows.map(({ name }) => name).filter((name) => isCalled(name, typed));
        return [];
      },
    });
  }, [isWanted, text, caret, language, organizations, keywords, rows]);
}
