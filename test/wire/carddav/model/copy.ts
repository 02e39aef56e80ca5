import assert from 'node:assert/strict';
import { textOf } from '../../../../src/lib/xml/xmlElement.ts';
import { C, CS, D, homeOf, namesIn, propfind, report, sync, tokenOf } from '../../../kit/dav.ts';
import type { DavResponse } from '../../../kit/dav.ts';
import type { Person } from '../../../kit/person.ts';
import type { chance } from '../../jmap/model/play.ts';

/** What a program knew of a collection at some time, by address: a tag and the card itself, or a name. */
type Known = { readonly token: string; readonly members: ReadonlyMap<string, string> };

const nothing: Known = { token: '', members: new Map() };
const mostKept = 6;

/**
 * A program with a copy of everything in a person's home, in one version of vCard, which may go on from any token that it
 * was ever given; and one that knows the book with everything alone, by its tag and the tags of its cards, as macOS does.
 */
export function createCopy(person: Person, { next, pick }: ReturnType<typeof chance>, version: '3.0' | '4.0') {
  const past = new Map<string, Known[]>();
  const content = `<C:address-data content-type="text/vcard" version="${version}"/>`;
  let one: Known = nothing;

  async function follow(
    path: string,
    prop: string,
    valueOf: (response: DavResponse) => string,
  ): Promise<ReadonlyMap<string, string>> {
    const history = past.get(path) ?? [];
    const from = next(6) === 0 ? nothing : (pick(history) ?? nothing);
    const members = new Map(from.members);
    let { token } = from;
    const limit = next(2) === 0 ? {} : { limit: 1 + next(4) };
    for (let steps = 0; ; steps++) {
      assert.ok(steps < 500, 'the changes never end');
      const reply = await sync(person, path, token, { ...limit, prop });
      assert.equal(reply.status, 207, `${person.name}: ${path} from ${token}: ${reply.status} ${reply.text}`);
      const hrefs = reply.responses.map(({ href }) => href);
      assert.equal(new Set(hrefs).size, hrefs.length, 'the same address twice');
      for (const response of reply.responses) {
        if (response.status === null) members.set(response.href, valueOf(response));
        else if (response.status.includes('404')) members.delete(response.href);
      }
      token = tokenOf(reply);
      if (!reply.responses.some(({ status }) => status?.includes('507'))) break;
    }
    past.set(path, [...history, { token, members }].slice(-mostKept));
    return members;
  }

  async function members(path: string, names: readonly string[]): Promise<readonly DavResponse[]> {
    const listed = await propfind(person, path, 1, names);
    assert.equal(listed.status, 207, path);
    return listed.responses.slice(1);
  }

  /** The cards at these addresses, as they are now. */
  async function cardsAt(path: string, hrefs: readonly string[]): Promise<Map<string, string>> {
    if (hrefs.length === 0) return new Map();
    const asked = hrefs.map((href) => `<D:href>${href}</D:href>`).join('');
    const reply = await report(
      person,
      path,
      'C:addressbook-multiget',
      `<D:prop><D:getetag/>${content}</D:prop>${asked}`,
    );
    assert.equal(reply.status, 207, path);
    return new Map(reply.responses.map((response) => [response.href, cardValue(response)]));
  }

  /** All cards of a folder: the tags of its list are those that come with the cards. */
  async function allCards(path: string): Promise<Map<string, string>> {
    const listed = await members(path, [D('getetag')]);
    const cards = await cardsAt(path, hrefsOf(listed));
    for (const response of listed) assert.equal(tagIn(cards.get(response.href)!), tagOf(response), response.href);
    return cards;
  }

  /** The book with everything is asked again only when its tag is another, and a card only when the card's is. */
  async function followOne(path: string): Promise<ReadonlyMap<string, string>> {
    const [told] = (await propfind(person, path, 0, [CS('getctag')])).responses;
    const token = textOf(told!.found.get(CS('getctag'))!);
    if (token === one.token) return one.members;
    const listed = await members(path, [D('getetag')]);
    const kept = new Map<string, string>();
    for (const response of listed) {
      const known = one.members.get(response.href);
      if (known !== undefined && tagIn(known) === tagOf(response)) kept.set(response.href, known);
    }
    const news = await cardsAt(path, hrefsOf(listed.filter(({ href }) => !kept.has(href))));
    one = { token, members: new Map([...kept, ...news]) };
    return one.members;
  }

  return {
    /** Brings the copy up to date from tokens of any age, and compares it with what is there. */
    async check(): Promise<void> {
      const home = homeOf(person);
      const books = await follow(home, '<D:displayname/><D:current-user-privilege-set/>', bookValue);
      const listed = await members(home, [D('displayname'), D('current-user-privilege-set')]);
      const expected = new Map(listed.map((response) => [response.href, bookValue(response)]));
      assert.deepEqual(sorted(books), sorted(expected), `${person.name}: the home`);
      const all: string[] = [];
      for (const path of books.keys()) {
        const cards = await follow(path, `<D:getetag/>${content}`, cardValue);
        assert.deepEqual(sorted(cards), sorted(await allCards(path)), `${person.name}: ${path}`);
        all.push(...cards.values());
      }
      const everything = `/dav/one/${person.id}/all/`;
      const cards = await followOne(everything);
      assert.deepEqual(sorted(cards), sorted(await allCards(everything)), `${person.name}: ${everything}`);
      assert.deepEqual([...cards.values()].toSorted(), all.toSorted(), `${person.name}: everything and the folders`);
    },
    /** The address books that the person has now, by their addresses. */
    async books(): Promise<string[]> {
      const listed = await propfind(person, homeOf(person), 1, [D('resourcetype')]);
      const isBook = (response: DavResponse) => namesIn(response, D('resourcetype')).includes(C('addressbook'));
      return listed.responses.filter(isBook).map(({ href }) => href);
    },
  };
}

const tagOf = ({ found }: DavResponse) => textOf(found.get(D('getetag'))!);
const cardValue = (response: DavResponse) => `${tagOf(response)}\n${textOf(response.found.get(C('address-data'))!)}`;
const tagIn = (value: string) => value.slice(0, value.indexOf('\n'));
const hrefsOf = (responses: readonly DavResponse[]) => responses.map(({ href }) => href);
const bookValue = (response: DavResponse) =>
  [textOf(response.found.get(D('displayname'))!), ...namesIn(response, D('current-user-privilege-set'))].join(' ');
const sorted = (map: ReadonlyMap<string, string>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
