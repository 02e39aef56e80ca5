import { useEffect, useMemo, useRef } from 'react';
import { useCollection, useInvitations, useSession } from '../../api/hooks.ts';
import type { Id, ShareInvitation } from '../../../client/src/types.ts';
import { messages } from '../../locales/messages.ts';
import { type RequestNews, requestNews } from '../../model/sharing/request-news.ts';
import { type ShareNews, shareNews, waitingInvitations } from '../../model/sharing/share-news.ts';
import { announce } from '../../ui/announce.ts';

/** What the bell announces. */
export interface ShareInbox {
  readonly waiting: readonly ShareInvitation[];
  readonly news: readonly ShareNews[];
  readonly requests: readonly RequestNews[];
  readonly count: number;
}

/** The invitations that wait and the changes of one's rights; says aloud when an invitation arrives. */
export function useShareInbox(): ShareInbox {
  const { accountId } = useSession();
  const invitations = useInvitations();
  const notifications = useCollection('ShareNotification', [accountId]);
  const waiting = useMemo(() => waitingInvitations(invitations.list), [invitations.list]);
  const news = useMemo(() => shareNews(notifications.list), [notifications.list]);
  const requests = useRequestNews(accountId);
  useArrivals(waiting, invitations.status === 'ready');
  return { waiting, news, requests, count: waiting.length + news.length + requests.length };
}

function useRequestNews(accountId: Id): readonly RequestNews[] {
  const offers = useCollection('FolderHandover', [accountId]).list;
  const requests = useCollection('AccessRequest', [accountId]).list;
  return useMemo(() => requestNews(offers, requests, accountId), [offers, requests, accountId]);
}

function useArrivals(waiting: readonly ShareInvitation[], isReady: boolean): void {
  const seen = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    if (!isReady) return;
    // What waits when the page opens is told by the bell's name; only what comes later is news.
    const arrived = seen.current ? waiting.filter(({ id }) => !seen.current?.has(id)) : [];
    seen.current = new Set(waiting.map(({ id }) => id));
    for (const { ownerName, sharedName } of arrived) announce(messages().sharing.bell.arrived(ownerName, sharedName));
  }, [waiting, isReady]);
}
