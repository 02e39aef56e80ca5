import { useEffect, useRef, useState } from 'react';
import { currentAddress, navigate } from '../../model/navigation.ts';
import { contactsPath, type Route } from '../../model/route.ts';

const typingPause = 180;

/** What stands in the search box, and how it is searched. */
export interface SearchBox {
  readonly text: string;
  /** Results come a moment after the last key. */
  readonly type: (text: string) => void;
  readonly search: (text: string) => void;
}

/** Results while typing, and back to where one was when the box is cleared. */
export function useSearchBox(route: Route): SearchBox {
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

  return {
    text,
    search,
    type(typed) {
      setText(typed);
      clearTimeout(timer.current);
      if (typed === '') search('');
      else timer.current = setTimeout(() => search(typed), typingPause);
    },
  };
}
