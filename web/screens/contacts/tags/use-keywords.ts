import { useEffect, useState } from 'react';
import type { Id } from '../../../../client/src/types.ts';
import { call } from '../../../api/jmap.ts';
import { subscribeToChanges } from '../../../api/store.ts';
import { directoryAccountId } from '../../../model/cards/card-queries.ts';

/** A tag in use, and how many contacts have it. */
export interface KnownKeyword {
  readonly keyword: string;
  readonly count: number;
}

const askAfter = 400;

/** The tags that are used in some accounts (of one folder, if given), the most used first; kept up to date. */
export function useKeywords(accountIds: readonly Id[], bookId?: Id): readonly KnownKeyword[] {
  const [known, setKnown] = useState<readonly KnownKeyword[]>([]);
  const key = [...new Set(accountIds)].filter((id) => id !== directoryAccountId).join(' ');
  useEffect(() => {
    const accounts = key.split(' ').filter(Boolean);
    let isStale = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () =>
      void Promise.all(accounts.map((accountId) => keywordsOf(accountId, bookId))).then(
        (lists) => {
          if (!isStale) setKnown(united(lists.flat()));
        },
        () => {
          // Tags can still be typed; they are only not offered.
        },
      );
    setKnown([]);
    ask();
    const stop = subscribeToChanges('ContactCard', (accountId) => {
      if (!accounts.includes(accountId)) return;
      clearTimeout(timer);
      timer = setTimeout(ask, askAfter);
    });
    return () => {
      isStale = true;
      clearTimeout(timer);
      stop();
    };
  }, [key, bookId]);
  return known;
}

async function keywordsOf(accountId: Id, bookId: Id | undefined): Promise<readonly KnownKeyword[]> {
  const inBook = bookId === undefined ? {} : { addressBookIds: [bookId] };
  return (await call('Keyword/query', { accountId, ...inBook })).list;
}

function united(list: readonly KnownKeyword[]): readonly KnownKeyword[] {
  const counts = new Map<string, number>();
  for (const { keyword, count } of list) counts.set(keyword, (counts.get(keyword) ?? 0) + count);
  return [...counts]
    .map(([keyword, count]) => ({ keyword, count }))
    .toSorted((a, b) => b.count - a.count || a.keyword.localeCompare(b.keyword));
}
