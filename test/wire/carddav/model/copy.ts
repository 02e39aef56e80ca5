import assert from 'node:assert/strict';
import { textOf } from '../../../../src/lib/xml/xmlElement.ts';
import { C, D, homeOf, namesIn, propfind, sync, tokenOf } from '../../../kit/dav.ts';
import type { DavResponse } from '../../../kit/dav.ts';
import type { Person } from '../../../kit/person.ts';
import type { chance } from '../../jmap/model/play.ts';

/** What a program knew of a collection at some time: a tag or a name by address. */
type Known = { readonly token: string; readonly members: ReadonlyMap<string, string> };

const nothing: Known = { token: '', members: new Map() };
const mostKept = 6;

/** A program with a copy of everything in a person's home, which may go on from any token that it was ever given. */
export function createCopy(person: Person, { next, pick }: ReturnType<typeof chance>) {
  const past = new Map<string, Known[]>();

  async function follow(
    path: string,
    valueOf: (response: DavResponse) => string,
  ): Promise<ReadonlyMap<string, string>> {
    const history = past.get(path) ?? [];
    const from = next(6) === 0 ? nothing : (pick(history) ?? nothing);
    const members = new Map(from.members);
    let { token } = from;
    const limit = next(2) === 0 ? {} : { limit: 1 + next(4) };
    for (let steps = 0; ; steps++) {
      assert.ok(steps < 500, 'the changes never end');
      const reply = await sync(person, path, token, {
        ...limit,
        prop: '<D:getetag/><D:displayname/><D:current-user-privilege-set/>',
      });
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

  async function truth(path: string, valueOf: (response: DavResponse) => string): Promise<Map<string, string>> {
    const names = [D('getetag'), D('displayname'), D('current-user-privilege-set'), D('resourcetype')];
    const listed = await propfind(person, path, 1, names);
    assert.equal(listed.status, 207, path);
    return new Map(listed.responses.slice(1).map((response) => [response.href, valueOf(response)]));
  }

  return {
    /** Brings the copy up to date from tokens of any age, and compares it with what is there. */
    async check(): Promise<void> {
      const home = homeOf(person);
      const books = await follow(home, bookValue);
      assert.deepEqual(sorted(books), sorted(await truth(home, bookValue)), `${person.name}: the home`);
      for (const path of books.keys()) {
        const cards = await follow(path, cardValue);
        assert.deepEqual(sorted(cards), sorted(await truth(path, cardValue)), `${person.name}: ${path}`);
      }
    },
    /** The address books that the person has now, by their addresses. */
    async books(): Promise<string[]> {
      const listed = await propfind(person, homeOf(person), 1, [D('resourcetype')]);
      const isBook = (response: DavResponse) => namesIn(response, D('resourcetype')).includes(C('addressbook'));
      return listed.responses.filter(isBook).map(({ href }) => href);
    },
  };
}

const cardValue = ({ found }: DavResponse) => textOf(found.get(D('getetag'))!);
const bookValue = (response: DavResponse) =>
  [textOf(response.found.get(D('displayname'))!), ...namesIn(response, D('current-user-privilege-set'))].join(' ');
const sorted = (map: ReadonlyMap<string, string>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
