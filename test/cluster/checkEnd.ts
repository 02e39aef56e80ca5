import { followByDav } from './followers.ts';
import type { Follower } from './followers.ts';
import type { Ledger } from './ledger.ts';
import type { Desk } from './desk.ts';
import { callPolitely, noteOf } from './places.ts';

/**
 * Compares what is there when nobody works any more with what was acknowledged, and with what everybody holds who has asked
 * only for changes.
 */
export async function checkEnd(desks: readonly Desk[], ledger: Ledger, followers: readonly Follower[]): Promise<void> {
  const there = new Map<string, string>();
  for (const desk of desks) {
    const cards = await cardsOf(desk);
    for (const [uid, { note }] of cards) there.set(uid, note);
    const fresh = await followByDav(desk);
    const device = ofBook(cards, desk.davBookId);
    compare(ledger, `a device that asks for all of ${desk.person.name}`, fresh.held, device);
    const shares = await callPolitely(desk.person, 'Share/get', { ids: null });
    for (const one of shares['list']!) there.set(one['id']!, one['role']!);
  }
  ledger.compare(there);
  for (const [index, follower] of followers.entries()) {
    const desk = desks[Math.floor(index / 2)]!;
    await untilQuiet(follower, ledger);
    const bookId = index % 2 === 0 ? desk.davBookId : desk.bookId;
    compare(ledger, follower.name, follower.held, ofBook(await cardsOf(desk), bookId));
  }
}

type Cards = ReadonlyMap<string, { readonly note: string; readonly bookId: string }>;

async function cardsOf({ person, davBookId, bookId }: Desk): Promise<Cards> {
  const cards = new Map<string, { note: string; bookId: string }>();
  for (let position = 0; ;) {
    const asked = { filter: {}, position, limit: 200, calculateTotal: true };
    const { ids, total } = (await callPolitely(person, 'ContactCard/query', asked)) as unknown as {
      ids: string[];
      total: number;
    };
    const properties = ['uid', 'notes', 'addressBookIds'];
    const got = await callPolitely(person, 'ContactCard/get', { ids, properties });
    for (const card of got['list']!) {
      const [book] = Object.keys(card['addressBookIds']!);
      if (book === davBookId || book === bookId) cards.set(card['uid']!, { note: noteOf(card), bookId: book });
    }
    position += ids.length;
    if (position >= total || ids.length === 0) return cards;
  }
}

function ofBook(cards: Cards, bookId: string): Map<string, string> {
  return new Map([...cards].filter(([, card]) => card.bookId === bookId).map(([uid, { note }]) => [uid, note]));
}

async function untilQuiet(follower: Follower, ledger: Ledger): Promise<void> {
  for (let before = ''; ;) {
    ledger.problems.push(...(await follower.follow()));
    const now = JSON.stringify([...follower.held]);
    if (now === before) return;
    before = now;
  }
}

function compare(ledger: Ledger, who: string, held: ReadonlyMap<string, string>, there: ReadonlyMap<string, string>) {
  for (const uid of new Set([...held.keys(), ...there.keys()]))
    if (held.get(uid) !== there.get(uid))
      ledger.problems.push(`${who} holds ${held.get(uid)} for ${uid}, there is ${there.get(uid)}`);
}
