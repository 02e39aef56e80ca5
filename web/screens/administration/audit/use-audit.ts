import { useEffect, useRef, useState } from 'react';
import type { AuditRecord } from '../../../../client/src/audit.ts';
import { reference } from '../../../../client/src/client.ts';
import { call } from '../../../api/jmap.ts';
import { ownAccount } from '../administration-operations.ts';

/** What the page is filtered for; what is empty is not asked for. */
export interface AuditChoice {
  readonly text: string;
  readonly topic: string;
  readonly severity: string;
  readonly way: string;
  /** Days, as "2026-11-26"; both are in it. */
  readonly from: string;
  readonly to: string;
  readonly person: { readonly id: string; readonly name: string } | null;
}

/** Nothing is filtered. */
export const noChoice: AuditChoice = { text: '', topic: '', severity: '', way: '', from: '', to: '', person: null };

/** The choice as AuditRecord/query and the exports take it. */
export function filterOf({ from, to, person, ...texts }: AuditChoice): Record<string, string> {
  const filter: Record<string, string> = {};
  for (const [name, value] of Object.entries(texts)) if (value.trim() !== '') filter[name] = value.trim();
  if (person) filter['person'] = person.id;
  const [after, before] = [startOf(from, 0), startOf(to, 1)];
  if (after) filter['after'] = after;
  if (before) filter['before'] = before;
  return filter;
}

/** The first moment of a day where the person is, or of one after it. */
function startOf(day: string, later: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number);
  const time = new Date(year ?? NaN, (month ?? NaN) - 1, (date ?? NaN) + later);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/** Records, newest first, and how to see more of them. */
export interface ShownAudit {
  readonly records: readonly AuditRecord[] | undefined;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly more: () => void;
}

interface Page {
  readonly records: readonly AuditRecord[];
  readonly hasMore: boolean;
}

const pageSize = 50;
/** Each look is recorded: not one for each letter. */
const typingMilliseconds = 400;

/** What matches, read on by key: what comes meanwhile moves nothing. `round` asks anew. */
export function useAudit(choice: AuditChoice, round: number): ShownAudit {
  const asked = JSON.stringify(filterOf(choice));
  const [shown, setShown] = useState<Page>();
  const [error, setError] = useState<unknown>();
  const [isLoading, setIsLoading] = useState(true);
  const latest = useRef(0);
  const hasLooked = useRef(false);

  const load = (filter: object, before: Page | undefined) => {
    const mine = ++latest.current;
    setIsLoading(true);
    fetchPage(filter, before?.records.at(-1)?.id)
      .then(
        (page) => {
          if (mine !== latest.current) return;
          setShown({ ...page, records: [...(before?.records ?? []), ...page.records] });
          setError(undefined);
        },
        (problem: unknown) => mine === latest.current && setError(problem),
      )
      .finally(() => mine === latest.current && setIsLoading(false));
  };

  useEffect(() => {
    const filter = JSON.parse(asked) as object;
    const timer = setTimeout(() => load(filter, undefined), hasLooked.current ? typingMilliseconds : 0);
    hasLooked.current = true;
    return () => clearTimeout(timer);
  }, [asked, round]);

  return {
    records: shown?.records,
    hasMore: shown?.hasMore ?? false,
    isLoading,
    error,
    more: () => load(JSON.parse(asked) as object, shown),
  };
}

async function fetchPage(filter: object, beforeId: string | undefined): Promise<Page> {
  const accountId = ownAccount();
  // One more than is shown tells whether there is more.
  const wanted = beforeId === undefined ? filter : { ...filter, beforeId };
  const query = call('AuditRecord/query', { accountId, filter: wanted, limit: pageSize + 1 });
  const get = call('AuditRecord/get', { accountId, '#ids': reference(query, '/ids') });
  const [{ ids }, { list }] = await Promise.all([query, get]);
  const byId = new Map(list.map((record) => [record.id, record]));
  return { records: ids.slice(0, pageSize).flatMap((id) => byId.get(id) ?? []), hasMore: ids.length > pageSize };
}
