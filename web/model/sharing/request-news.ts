import type { AccessRequest, FolderHandover } from '../../../client/src/requests.ts';
import type { Id } from '../../../client/src/types.ts';

/** What somebody wants of the person about a folder, or answered to what the person wanted. */
export type RequestNews =
  | { readonly kind: 'offered' | 'accepted' | 'declined'; readonly at: string; readonly offer: FolderHandover }
  | { readonly kind: 'asked' | 'granted' | 'refused'; readonly at: string; readonly request: AccessRequest };

/** The news among offers and requests, newest first; what the person has said themselves is none until it is answered. */
export function requestNews(
  offers: readonly FolderHandover[],
  requests: readonly AccessRequest[],
  ownId: Id,
): readonly RequestNews[] {
  const ofOffers = offers.flatMap((offer): RequestNews[] => {
    const { status, fromId, createdAt, decidedAt } = offer;
    if (status === 'waiting') return fromId === ownId ? [] : [{ kind: 'offered', at: createdAt, offer }];
    return fromId === ownId ? [{ kind: status, at: decidedAt ?? createdAt, offer }] : [];
  });
  const ofRequests = requests.flatMap((request): RequestNews[] => {
    const { status, ownerId, createdAt, decidedAt } = request;
    if (status === 'waiting') return ownerId === ownId ? [{ kind: 'asked', at: createdAt, request }] : [];
    const kind = status === 'granted' ? 'granted' : 'refused';
    return ownerId === ownId ? [] : [{ kind, at: decidedAt ?? createdAt, request }];
  });
  return [...ofOffers, ...ofRequests].sort((a, b) => (a.at < b.at ? 1 : -1));
}
