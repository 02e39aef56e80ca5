import { useEffect, useState } from 'react';
import type { Id } from '../../../../client/src/types.ts';
import { useSession } from '../../../api/hooks.ts';
import { subscribeToChanges } from '../../../api/store.ts';
import { findMembers, type FoundMember } from '../../../model/cards/group-members.ts';

/** The accounts in which members are looked for: where the group itself stands first, then what is one's own. */
export function useMemberAccounts(accountId: Id): readonly Id[] {
  const { session, accountId: own } = useSession();
  return [...new Set([accountId, own, ...Object.keys(session.accounts)])];
}

/** The cards of a group's members by their keys; undefined while they are looked for, and when nobody could be asked. */
export function useGroupMembers(
  accountIds: readonly Id[],
  keys: readonly string[],
): ReadonlyMap<string, FoundMember> | undefined {
  const [found, setFound] = useState<{ readonly key: string; readonly members: ReadonlyMap<string, FoundMember> }>();
  const [changes, setChanges] = useState(0);
  const accounts = accountIds.join(' ');
  const wanted = JSON.stringify(keys);
  const key = `${accounts} ${wanted}`;
  useEffect(
    () =>
      subscribeToChanges(
        'ContactCard',
        (accountId) => accounts.split(' ').includes(accountId) && setChanges((n) => n + 1),
      ),
    [accounts],
  );
  useEffect(() => {
    let isStale = false;
    findMembers(JSON.parse(wanted) as string[], accounts.split(' ')).then(
      (members) => {
        if (!isStale) setFound({ key, members });
      },
      () => {
        // The names stay away; the rest of the card is there.
      },
    );
    return () => {
      isStale = true;
    };
  }, [accounts, wanted, key, changes]);
  // While somebody is added or taken out, those who stay are known still.
  return found?.key.startsWith(`${accounts} `) ? found.members : undefined;
}
