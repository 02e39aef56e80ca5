import { call } from '../../api/jmap.ts';
import { reference } from '../../../client/src/client.ts';
import type { ContactCard, Id } from '../../../client/src/types.ts';
import { chunksOf } from './card-ref.ts';
import { contentOf, firstEmail, listName, spokenName } from './card-summary.ts';
import type { Recipient } from '../mail/compose.ts';

/** The card of somebody who is in a group, in the account in which it was found. */
export interface FoundMember {
  readonly accountId: Id;
  readonly card: ContactCard;
}

/** Somebody in a group: a card that the person reads, an address, or neither. */
export interface GroupMember {
  /** As the group names them. */
  readonly key: string;
  readonly found: FoundMember | undefined;
  readonly address: string | undefined;
}

/** So many conditions a filter may have, with one to spare for what joins them; a member may go by two names. */
const uidsAtOnce = 45;

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

const urn = 'urn:uuid:';

/** The uids that a member may go by: Apple's programs write `urn:uuid:` before whatever the uid is. */
function namesOf(key: string): readonly string[] {
  return key.startsWith(urn) ? [key, key.slice(urn.length)] : [key, urn + key];
}

/** The address of a member that is no card (RFC 6350 §6.6.5 allows `mailto:`). */
function addressOf(key: string): string | undefined {
  if (!/^mailto:/i.test(key)) return undefined;
  const address = key.slice('mailto:'.length).split('?')[0] ?? '';
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** How a group names an address. */
export function keyOfAddress(address: string): string {
  return `mailto:${encodeURIComponent(address).replaceAll('%40', '@')}`;
}

/**
 * The cards of these members: a group names them by uid, wherever the person reads them (RFC 9610 §3). Where several
 * accounts have one, that of the first counts.
 */
export async function findMembers(
  keys: readonly string[],
  accountIds: readonly Id[],
  more: readonly string[] = [],
): Promise<ReadonlyMap<string, FoundMember>> {
  const cards = keys.filter((key) => addressOf(key) === undefined);
  const perAccount = await Promise.all(accountIds.map((accountId) => findIn(accountId, cards, more)));
  const byUid = new Map<string, FoundMember>();
  for (const members of perAccount)
    for (const member of members) if (!byUid.has(member.card.uid)) byUid.set(member.card.uid, member);
  return new Map(
    cards.flatMap((key) => {
      const found = namesOf(key).flatMap((uid) => byUid.get(uid) ?? [])[0];
      return found ? [[key, found] as const] : [];
    }),
  );
}

async function findIn(accountId: Id, keys: readonly string[], more: readonly string[]): Promise<FoundMember[]> {
  const parts = chunksOf(keys, uidsAtOnce).map(async (some) => {
    const filter = { operator: 'OR', conditions: some.flatMap(namesOf).map((uid) => ({ uid })) };
    const query = call('ContactCard/query', { accountId, filter });
    const got = call('ContactCard/get', {
      accountId,
      '#ids': reference(query, '/ids'),
      properties: [...properties, ...more],
    });
    const [, { list }] = await Promise.all([query, got]);
    return list.map((card) => ({ accountId, card }));
  });
  return (await Promise.all(parts)).flat();
}

/** Who is in a group, in the order of their names; those of whom nothing can be read come last. */
export function sortMembers(
  keys: readonly string[],
  found: ReadonlyMap<string, FoundMember>,
  language: string,
): readonly GroupMember[] {
  const { compare } = new Intl.Collator(language);
  const nameOf = ({ found: member, address }: GroupMember) => (member ? listName(member.card) : (address ?? ''));
  return keys
    .map((key): GroupMember => ({ key, found: found.get(key), address: addressOf(key) }))
    .toSorted((a, b) => Number(nameOf(a) === '') - Number(nameOf(b) === '') || compare(nameOf(a), nameOf(b)));
}

/** More groups in groups than anybody makes: a ring of them ends. */
const deepest = 8;

/** Whom a mail to a group reaches: those in it and in groups in it, each address once. */
export async function recipientsOfGroup(members: readonly string[], accountIds: readonly Id[]): Promise<Recipient[]> {
  const recipients: Recipient[] = [];
  const seen = new Set<string>();
  let keys = members;
  for (let depth = 0; keys.length > 0 && depth < deepest; depth += 1) {
    for (const key of keys) seen.add(key);
    const found = await findMembers(keys, accountIds, ['members']);
    const next: string[] = [];
    for (const key of keys) {
      const address = addressOf(key);
      const card = found.get(key)?.card;
      if (address) recipients.push({ name: '', address });
      else if (card && contentOf(card).kind === 'group') next.push(...Object.keys(contentOf(card).members ?? {}));
      else if (card && firstEmail(card)) recipients.push({ name: spokenName(card), address: firstEmail(card) });
    }
    keys = next.filter((key) => !seen.has(key));
  }
  return recipients;
}
