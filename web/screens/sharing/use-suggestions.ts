import { useEffect, useRef, useState } from 'react';
import { isAbort } from '../../../client/src/errors.ts';
import { useSession } from '../../api/hooks.ts';
import { call } from '../../api/jmap.ts';
import type { Id, Suggestion } from '../../../client/src/types.ts';
import { sameAddress } from '../../model/sharing/addresses.ts';
import { matchesText, mergeSuggestions } from '../../model/sharing/suggestions.ts';

/** Where suggestions come from: the directory and one's own contacts. */
export type SuggestionSource = 'directory' | 'contacts';

/** What is offered for what was typed. */
export interface Suggestions {
  readonly list: readonly Suggestion[];
  readonly isLoading: boolean;
  /** The organisation's directory does not answer: what was known last is offered. */
  readonly isDirectoryDown: boolean;
}

type Found = Pick<Suggestions, 'list' | 'isDirectoryDown'>;

const pause = 80;
const limit = 12;
const nothing: readonly Suggestion[] = [];

function ask(accountId: Id, text: string, sources: readonly SuggestionSource[], signal?: AbortSignal): Promise<Found> {
  const reply = call('Suggestion/query', { accountId, text, limit, sources }, { signal });
  return reply.then(({ list, directoryDownSince }) => ({ list, isDirectoryDown: Boolean(directoryDownSince) }));
}

/**
 * What matches a text while it is typed: what is shown already is narrowed at once, the server is asked after a
 * short pause, and the request before is given up.
 */
export function useSuggestions(text: string, sources: readonly SuggestionSource[]): Suggestions {
  const { accountId } = useSession();
  const wanted = text.trim();
  const from = sources.join(' ');
  const [answer, setAnswer] = useState({ wanted: '', from, list: nothing, isDirectoryDown: false });
  const shown = useRef(nothing);
  const known = useRef(new Map<string, Found>());

  useEffect(() => {
    if (wanted === '') return undefined;
    const key = `${from} ${wanted.toLowerCase()}`;
    const take = (found: Found) => {
      known.current.set(key, found);
      setAnswer({ ...found, wanted, from, list: mergeSuggestions(shown.current, found.list) });
    };
    const remembered = known.current.get(key);
    if (remembered) {
      take(remembered);
      return undefined;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      ask(accountId, wanted, from.split(' ') as SuggestionSource[], abort.signal)
        .then(take)
        // Without an answer there is nothing to offer; an address can still be typed in full.
        .catch(
          (error: unknown) => isAbort(error) || setAnswer({ wanted, from, list: nothing, isDirectoryDown: false }),
        );
    }, pause);
    return () => {
      clearTimeout(timer);
      abort.abort(new DOMException('Superseded', 'AbortError'));
    };
  }, [accountId, wanted, from]);

  const isAnswered = answer.wanted === wanted && answer.from === from;
  // A contact may have been found by its company: here only names and addresses are looked for.
  const isWanted = (row: Suggestion) => (isAnswered && row.kind !== 'contact') || matchesText(row, wanted);
  const narrowed = answer.list.filter(isWanted);
  const list = wanted === '' || answer.from !== from ? nothing : narrowed;
  useEffect(() => {
    shown.current = list;
  });
  return { list, isLoading: wanted !== '' && !isAnswered, isDirectoryDown: answer.isDirectoryDown };
}

/**
 * Whose a typed address is: the one with that address, or for a part of a name the only one that matches.
 * Undefined when nobody is; fails when the directory cannot be asked.
 */
export async function findPerson(accountId: Id, typed: string): Promise<Suggestion | undefined> {
  const { list } = await ask(accountId, typed, ['directory']);
  const exact = list.find(({ email }) => sameAddress(email, typed));
  return exact ?? (typed.includes('@') || list.length !== 1 ? undefined : list[0]);
}
