import { createChance } from '../../src/demo/chance.ts';
import { benchCard } from '../carddav/cards.ts';
import type { Asking, Turn } from '../carddav/measure.ts';
import { multiget, put, sync, tokenIn } from '../carddav/requests.ts';
import type { WireReply } from '../carddav/wire.ts';
import type { Member } from './organisation.ts';

/** What is asked, by connections that belong to the people in turn. */
export type NodesWorkload = { readonly name: string; readonly connections: number; readonly turn: Turn };

const using = ['urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:contacts'];

/** A call whose error counts as one, also where HTTP says that all is well. */
async function jmap(ask: Asking, name: string, args: object): Promise<WireReply> {
  const body = JSON.stringify({ using, methodCalls: [[name, args, 'c']] });
  const reply = await ask('/jmap/api', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  const isWrong = /^\{"methodResponses":\[\["error"|"not(?:Created|Updated)":\{/u.test(reply.body.toString());
  return isWrong ? { ...reply, status: 500 } : reply;
}

/** What one member does at a time; each has numbers of its own, so that one run is like another. */
function actionsOf(members: readonly Member[]) {
  const chance = createChance(5);
  const of = (connection: number) => members[connection % members.length]!;
  const bookOf = ({ accountId, bookId }: Member) => `/dav/addressbooks/${accountId}/${bookId}/`;
  const card = (member: Member) => member.cards[chance.below(member.cards.length)]!;
  const hrefOf = (member: Member) => bookOf(member) + card(member).uri;
  const tokens = new Map<number, string>();
  let edition = 0;

  const get = (ask: Asking, member: Member) => ask(hrefOf(member), { method: 'GET' });
  const putNew = (ask: Asking, member: Member) => {
    const number = 1_000_000 + ++edition;
    return ask(`${bookOf(member)}bench-${number}.vcf`, put(benchCard(number)));
  };
  const many = (ask: Asking, member: Member, count: number) =>
    ask(bookOf(member), multiget(Array.from({ length: count }, () => hrefOf(member))));
  const update = (ask: Asking, member: Member) => {
    const patch = { notes: { n: { note: `Édition ${++edition}` } } };
    return jmap(ask, 'ContactCard/set', { accountId: member.accountId, update: { [card(member).id]: patch } });
  };
  /** Whoever has never asked knows from then on. */
  const follow = async (ask: Asking, member: Member, connection: number) => {
    const reply = await ask(bookOf(member), sync(tokens.get(connection) ?? ''));
    tokens.set(connection, tokenIn(reply.body) ?? '');
    return reply;
  };
  return { chance, of, card, get, putNew, many, update, follow };
}

const query = { sort: [{ property: 'name/surname', isAscending: true }], limit: 50 };

/** All of them. */
export function nodesWorkloads(members: readonly Member[]): NodesWorkload[] {
  const { chance, of, card, get, putNew, many, update, follow } = actionsOf(members);
  return [
    {
      name: 'JMAP: get of 20',
      connections: 8,
      turn: (ask, _round, connection) => {
        const member = of(connection);
        const ids = Array.from({ length: 20 }, () => card(member).id);
        return jmap(ask, 'ContactCard/get', { accountId: member.accountId, ids: [...new Set(ids)] });
      },
    },
    {
      name: 'JMAP: query of a page',
      connections: 8,
      turn: (ask, _round, connection) =>
        jmap(ask, 'ContactCard/query', { accountId: of(connection).accountId, position: chance.below(1000), ...query }),
    },
    {
      name: 'JMAP: query of a word',
      connections: 8,
      turn: (ask, _round, connection) =>
        jmap(ask, 'ContactCard/query', { accountId: of(connection).accountId, filter: { text: 'ma' }, ...query }),
    },
    {
      name: 'JMAP: set, one updated',
      connections: 8,
      turn: (ask, _round, connection) => update(ask, of(connection)),
    },
    { name: 'CardDAV: GET', connections: 8, turn: (ask, _round, connection) => get(ask, of(connection)) },
    { name: 'CardDAV: PUT, new', connections: 8, turn: (ask, _round, connection) => putNew(ask, of(connection)) },
    {
      name: 'CardDAV: multiget of 50',
      connections: 8,
      turn: (ask, _round, connection) => many(ask, of(connection), 50),
    },
    {
      name: 'CardDAV: delta sync after a PUT',
      connections: 1,
      turn: async (ask, _round, connection) => {
        const done = await putNew(ask, of(connection));
        return done.status < 400 ? follow(ask, of(connection), connection) : done;
      },
    },
    {
      name: 'mix over 32 connections',
      connections: 32,
      turn: (ask, _round, connection) => {
        const [member, dice] = [of(connection), chance.below(100)];
        if (dice < 70) return get(ask, member);
        if (dice < 80) return putNew(ask, member);
        if (dice < 85) return update(ask, member);
        if (dice < 95) return many(ask, member, 20);
        return follow(ask, member, connection);
      },
    },
  ];
}
