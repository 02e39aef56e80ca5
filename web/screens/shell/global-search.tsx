import { type RefObject, useEffect, useRef, useState } from 'react';
import { useMessages } from '../../locales/messages.ts';
import { currentAddress, navigate } from '../../model/navigation.ts';
import { contactsPath, type Route } from '../../model/route.ts';
import { SearchField } from '../../ui/fields/search-field.tsx';

const typingPause = 180;

/** The search box of the top bar: results while typing, and back to where one was when it is cleared. */
export function GlobalSearch({
  route,
  inputRef,
}: {
  readonly route: Route;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}) {
  const { shell } = useMessages();
  const searched = route.screen === 'contacts' && route.view.kind === 'search' ? route.view.text : '';
  const [text, setText] = useState(searched);
  const [seen, setSeen] = useState(searched);
  const before = useRef('/');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Going back or to a folder changes the box too; typing itself is ahead of the address.
  if (seen !== searched) {
    setSeen(searched);
    if (text.trim() !== searched) setText(searched);
  }

  useEffect(() => () => clearTimeout(timer.current), []);

  const search = (wanted: string) => {
    clearTimeout(timer.current);
    const isSearching = location.pathname.startsWith('/search');
    if (!isSearching) before.current = currentAddress();
    if (wanted.trim() === '') {
      if (isSearching) navigate(before.current, { replace: true });
      return;
    }
    navigate(contactsPath({ kind: 'search', text: wanted.trim() }), { replace: isSearching });
  };

  const type = (typed: string) => {
    setText(typed);
    clearTimeout(timer.current);
    if (typed === '') search('');
    else timer.current = setTimeout(() => search(typed), typingPause);
  };

  return (
    <search>
      <SearchField
        label={shell.search}
        placeholder={shell.searchPlaceholder}
        value={text}
        onChange={type}
        onSubmit={search}
        inputRef={inputRef}
      />
    </search>
  );
}
