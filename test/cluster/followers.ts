import { textOf } from '../../src/lib/xml/xmlElement.ts';
import { C, sync, tokenOf } from '../kit/dav.ts';
import type { Desk } from './desk.ts';
import { callPolitely, noteIn, noteOf, polite, WrongAnswer } from './places.ts';

/** Somebody who asks again and again only what has changed, and keeps a copy. */
export type Follower = {
  readonly name: string;
  /** Asks once; sentences about what cannot be. */
  follow(): Promise<string[]>;
  /** What they hold: notes by uid. */
  readonly held: ReadonlyMap<string, string>;
};

/** Another device, by `sync-collection`, with the cards themselves. */
export async function followByDav({ person, davBook }: Desk): Promise<Follower> {
  const held = new Map<string, string>();
  let token = '';
  const follow = async () => {
    const prop = '<D:getetag/><C:address-data/>';
    const reply = await polite(() => sync(person, davBook, token, { prop }));
    if (reply.status !== 207) throw new WrongAnswer(`sync-collection: ${reply.status} ${reply.text.slice(0, 200)}`);
    const problems: string[] = [];
    for (const { href, status, found } of reply.responses) {
      const uid = decodeURIComponent(
        href
          .split('/')
          .at(-1)!
          .replace(/\.vcf$/u, ''),
      );
      const data = found.get(C('address-data'));
      if (status?.includes(' 404')) held.delete(uid);
      else if (data) take(held, { uid, note: noteIn(textOf(data)), who: 'a device' }, problems);
      else throw new WrongAnswer(`sync-collection: ${href} without its card`);
    }
    token = tokenOf(reply);
    return problems;
  };
  await follow();
  return { name: `the device of ${person.name}`, follow, held };
}

/** Another window, by `/changes`. */
export async function followByJmap({ person, bookId }: Desk): Promise<Follower> {
  const held = new Map<string, string>();
  const uids = new Map<string, string>();
  let state = (await callPolitely(person, 'ContactCard/get', { ids: [] }))['state']!;
  const forget = (id: string) => {
    held.delete(uids.get(id) ?? '');
    uids.delete(id);
  };
  const follow = async () => {
    const problems: string[] = [];
    const changes = await callPolitely(person, 'ContactCard/changes', { sinceState: state, maxChanges: 50 });
    const ids = [...changes['created']!, ...changes['updated']!];
    const got = await callPolitely(person, 'ContactCard/get', {
      ids,
      properties: ['id', 'uid', 'notes', 'addressBookIds'],
    });
    for (const id of [...changes['destroyed']!, ...got['notFound']!]) forget(id);
    for (const card of got['list']!) {
      if (!card['addressBookIds']?.[bookId]) continue;
      const uid: string = card['uid']!;
      uids.set(card['id']!, uid);
      take(held, { uid, note: noteOf(card), who: 'a window' }, problems);
    }
    state = changes['newState']!;
    return problems;
  };
  return { name: `the window of ${person.name}`, follow, held };
}

type Read = { readonly uid: string; readonly note: string; readonly who: string };

/** What is written is numbered: nobody reads an older one after a newer one. */
function take(held: Map<string, string>, { uid, note, who }: Read, problems: string[]): void {
  const before = held.get(uid);
  if (before !== undefined && versionIn(note) < versionIn(before))
    problems.push(`${uid}: ${who} read ${note} after ${before}`);
  held.set(uid, note);
}

const versionIn = (note: string) => Number(/ v(\d+)$/u.exec(note)?.[1] ?? Number.NaN);
