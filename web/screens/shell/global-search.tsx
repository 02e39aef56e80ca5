import type { RefObject } from 'react';
import { useMessages } from '../../locales/messages.ts';
import type { Route } from '../../model/route.ts';
import type { Completion } from '../../model/search/completions.ts';
import { SearchField } from '../../ui/fields/search-field.tsx';
import { TokenOptions } from '../../ui/fields/token-options.tsx';
import styles from './global-search.module.css';
import { useSearchBox } from './use-search-box.ts';
import { useSearchOptions } from './use-search-options.ts';

/** The search box of the top bar, with what can be typed in it. */
export function GlobalSearch({
  route,
  inputRef,
}: {
  readonly route: Route;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}) {
  const { common, shell } = useMessages();
  const box = useSearchBox(route);
  const { field, options, setFocused, noteCaret, press } = useSearchOptions(box, inputRef);
  return (
    <search onKeyDownCapture={press}>
      <SearchField
        label={shell.search}
        placeholder={hasRoom() ? shell.searchPlaceholder : common.search}
        value={box.text}
        onChange={(text) => {
          box.type(text);
          noteCaret();
        }}
        onSubmit={box.search}
        inputRef={inputRef}
        boxRef={field.box}
        onFocusChange={setFocused}
        input={{
          autoComplete: 'off',
          onSelect: noteCaret,
          'aria-autocomplete': 'list',
          ...(field.isOpen ? { 'aria-controls': `${field.id}-list` } : {}),
          ...(field.activeOption ? { 'aria-activedescendant': field.optionKey(field.activeOption) } : {}),
        }}
      />
      <TokenOptions
        field={field}
        label={shell.searchFields}
        options={options}
        maxHeight={400}
        renderOption={(option) => <Option option={option} />}
      />
    </search>
  );
}

/** In a narrow bar the long words would be cut in the middle of one. */
function hasRoom(): boolean {
  return matchMedia('(min-width: 54rem)').matches;
}

function Option({ option }: { readonly option: Completion }) {
  const { shell } = useMessages();
  if (option.kind === 'value') return <span className={styles['value']}>{option.label}</span>;
  return (
    <>
      <code className={styles['name']}>{option.label}</code>
      <span className={styles['hint']}>{shell.searchFieldHints[option.field.filter]}</span>
    </>
  );
}
