import { useEffect, useState } from 'react';
import type { ContactCard, Id } from '../../../../client/src/types.ts';
import { useSession } from '../../../api/hooks.ts';
import { contentOf } from '../../../model/cards/card-summary.ts';
import { findMembers, type FoundMember } from '../../../model/cards/group-members.ts';

/** The cards of a group's members by uid; undefined while they are looked for, and when nobody could be asked. */
export function useGroupMembers(accountId: Id, card: ContactCard): ReadonlyMap<string, FoundMember> | undefined {
  const { session, accountId: own } = useSession();
  const [found, setFound] = useState<{ readonly key: string; readonly members: ReadonlyMap<string, FoundMember> }>();
  const uids = JSON.stringify(Object.keys(contentOf(card).members ?? {}));
  // Where the group itself stands first, then what is one's own.
  const accounts = [...new Set([accountId, own, ...Object.keys(session.accounts)])].join(' ');
  const key = `${accounts} ${uids}`;
  useEffect(() => {
    let isStale = false;
    findMembers(JSON.parse(uids) as string[], accounts.split(' ')).then(
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
  }, [accounts, uids, key]);
  return found?.key === key ? found.members : undefined;
}
