import { useEffect, useMemo, useState } from 'react';
import type { Id } from '../../../client/src/types.ts';
import { foldWords } from '../../../src/lib/fold.ts';
import { contentOf } from '../../model/cards/card-summary.ts';
import { findCards } from '../../model/cards/find-cards.ts';

const typingPause = 120;
/** So many contacts are looked at: what they belong to is what is meant, as a rule. */
const cardsPerAccount = 40;

/** The organisations in these accounts of which a word begins so, the most frequent first; `begin` null: not asked for. */
export function useOrganizations(begin: string | null, accountIds: readonly Id[]): readonly string[] {
  const [known, setKnown] = useState<{ readonly key: string; readonly names: readonly string[] }>();
  const key = begin === null ? null : JSON.stringify([begin, accountIds]);
  useEffect(() => {
    if (key === null) return undefined;
    let isWanted = true;
    const timer = setTimeout(() => {
      const [text, ids] = JSON.parse(key) as [string, Id[]];
      Promise.all(ids.map((accountId) => organizationsIn(accountId, text))).then(
        (found) => isWanted && setKnown({ key, names: byFrequency(found.flat(), text) }),
        // Nothing is offered then; the search itself tells what is wrong.
        () => {},
      );
    }, typingPause);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [key]);
  return useMemo(() => (known && key !== null ? known.names : []), [known, key]);
}

async function organizationsIn(accountId: Id, text: string): Promise<string[]> {
  const filter = text === '' ? null : { organization: text };
  const list = await findCards(accountId, { filter, limit: cardsPerAccount, properties: ['organizations'] });
  return list.flatMap((card) => Object.values(contentOf(card).organizations ?? {}).flatMap(({ name }) => name ?? []));
}

function byFrequency(names: readonly string[], text: string): readonly string[] {
  const wanted = foldWords(text);
  const isMeant = (name: string) => {
    const words = foldWords(name);
    return wanted.every((begin) => words.some((word) => word.startsWith(begin)));
  };
  const counts = new Map<string, number>();
  for (const name of names) if (isMeant(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([name]) => name);
}
