import { call } from '../../api/jmap.ts';
import { reference } from '../../../client/src/client.ts';
import type { ContactCard, Id } from '../../../client/src/types.ts';
import { chunksOf } from './card-ref.ts';

/** The card of somebody who is in a group, in the account in which it was found. */
export interface FoundMember {
  readonly accountId: Id;
  readonly card: ContactCard;
}

/** So many conditions a filter may have, with one to spare for what joins them. */
const uidsAtOnce = 90;

const properties = [
  'id',
  'uid',
  'kind',
  'fileAs',
  'name',
  'emails',
  'organizations',
  'titles',
  'media',
  'addressBookIds',
];

/**
 * The cards of these uids by uid: a group names its members by uid, wherever the person reads them (RFC 9610 §3). Where
 * several accounts have one, that of the first counts.
 */
export async function findMembers(
  uids: readonly string[],
  accountIds: readonly Id[],
): Promise<ReadonlyMap<string, FoundMember>> {
  const perAccount = await Promise.all(accountIds.map((accountId) => findIn(accountId, uids)));
  const found = new Map<string, FoundMember>();
  for (const members of perAccount)
    for (const member of members) if (!found.has(member.card.uid)) found.set(member.card.uid, member);
  return found;
}

async function findIn(accountId: Id, uids: readonly string[]): Promise<FoundMember[]> {
  const parts = chunksOf(uids, uidsAtOnce).map(async (some) => {
    const filter = { operator: 'OR', conditions: some.map((uid) => ({ uid })) };
    const query = call('ContactCard/query', { accountId, filter });
    const got = call('ContactCard/get', { accountId, '#ids': reference(query, '/ids'), properties });
    const [, { list }] = await Promise.all([query, got]);
    return list.map((card) => ({ accountId, card }));
  });
  return (await Promise.all(parts)).flat();
}

/** Who is in a group, in the order of their names; how many of them are nowhere to be found. */
export function sortMembers(
  uids: readonly string[],
  found: ReadonlyMap<string, FoundMember>,
  language: string,
): { readonly members: readonly FoundMember[]; readonly missing: number } {
  const members = uids.flatMap((uid) => found.get(uid) ?? []);
  const { compare } = new Intl.Collator(language);
  return {
    members: members.toSorted((a, b) => compare(a.card.fileAs ?? '', b.card.fileAs ?? '')),
    missing: uids.length - members.length,
  };
}
