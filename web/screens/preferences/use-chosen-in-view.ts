import { type RefObject, useEffect, useRef } from 'react';

/** For a line of sections of which a telephone shows the beginning: the chosen one is brought into view. */
export function useChosenInView(chosen: string): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [chosen]);
  return list;
}
