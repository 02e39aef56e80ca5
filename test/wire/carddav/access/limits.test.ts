import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPeople } from '../../../../src/core/principal/createPerson.ts';
import { D, dav, document, report } from '../../../kit/dav.ts';
import type { DavReply } from '../../../kit/dav.ts';
import { createTestApp } from '../../../kit/world.ts';
import type { TestApp } from '../../../kit/world.ts';

/** 101 who are called Marie, 101 in Finance, and one who is both and stands behind them all. */
async function manyPeople({ world }: TestApp): Promise<void> {
  const named = (name: string, organization?: string) => ({
    name: `${name} Dupont`,
    email: `${name.replace(' ', '.').toLowerCase()}@demo.example`,
    ...(organization === undefined ? {} : { details: { organization } }),
  });
  const numbers = Array.from({ length: 101 }, (_, index) => String(index).padStart(3, '0'));
  await createPeople(world, [
    ...numbers.map((number) => named(`Marie A${number}`)),
    ...numbers.map((number) => named(`Paul A${number}`, 'Finance')),
    named('Zita Marie', 'Finance'),
  ]);
}

const found = ({ responses }: DavReply) => responses.filter(({ status }) => status === null);

/** Which addresses are said to have more than is told. */
const cut = ({ responses }: DavReply) =>
  responses
    .filter(({ status, errors }) => status?.includes('507') && errors.includes(D('number-of-matches-within-limits')))
    .map(({ href }) => href);

test('a search in the directory says when it has not looked at all who could match: C029', async () => {
  await using app = await createTestApp();
  await manyPeople(app);
  const search = async (matches: Readonly<Record<string, string>>, nresults?: number) => {
    const props = Object.entries(matches).map(
      ([name, text]) =>
        `<C:prop-filter name="${name}"><C:text-match match-type="contains">${text}</C:text-match></C:prop-filter>`,
    );
    const limit = nresults === undefined ? '' : `<C:limit><C:nresults>${nresults}</C:nresults></C:limit>`;
    const filter = `<C:filter test="allof">${props.join('')}</C:filter>`;
    const reply = await report(
      app.ada,
      '/dav/directory/',
      'C:addressbook-query',
      `<D:prop><D:getetag/></D:prop>${filter}${limit}`,
    );
    return [found(reply).length, cut(reply)];
  };
  // Beyond the first hundred of either word: who is both may be missing, and that is said.
  const [, said] = await search({ FN: 'marie', ORG: 'finance' });
  assert.deepEqual(said, ['/dav/directory/']);
  assert.deepEqual(await search({ FN: 'marie' }), [100, ['/dav/directory/']]);
  assert.deepEqual(await search({ FN: 'zita', ORG: 'finance' }), [1, ['/dav/directory/']]);
  assert.deepEqual(await search({ FN: 'zita' }), [1, []]);
  // RFC 6352 §8.6.2: the limit is that of the matches, without what says that there are more.
  assert.deepEqual(await search({ EMAIL: 'marie.a00' }, 10), [10, []]);
  assert.deepEqual(await search({ EMAIL: 'marie.a00' }, 9), [9, ['/dav/directory/']]);
});

test('a question of more words than are looked for says so: C029', async () => {
  await using app = await createTestApp();
  const search = async (words: readonly string[]) => {
    const texts = words.map((word) => `<C:text-match>${word}</C:text-match>`).join('');
    const filter = `<C:filter><C:prop-filter name="FN">${texts}</C:prop-filter></C:filter>`;
    return report(app.ada, '/dav/directory/', 'C:addressbook-query', `<D:prop><D:getetag/></D:prop>${filter}`);
  };
  const words = Array.from({ length: 20 }, (_, index) => `word${index}`);
  const missing = await search([...words, 'ben']);
  assert.deepEqual([found(missing).length, cut(missing)], [0, ['/dav/directory/']]);
  // The same word twice is one.
  const whole = await search([...words.slice(1), 'ben', 'ben', 'ben']);
  assert.deepEqual([found(whole).length, cut(whole)], [1, []]);
});

test('a search for people says when there are more than it tells: C029', async () => {
  await using app = await createTestApp();
  await manyPeople(app);
  const search = async (kind: 'allof' | 'anyof', ...texts: readonly string[]) => {
    const searches = texts.map(
      (text) => `<D:property-search><D:prop><D:displayname/></D:prop><D:match>${text}</D:match></D:property-search>`,
    );
    const asked = `${searches.join('')}<D:prop><D:displayname/></D:prop>`;
    const body = document('D:principal-property-search', asked).replace(' xmlns', ` test="${kind}" xmlns`);
    const reply = await dav(app.ada, 'REPORT', '/dav/principals/', { body });
    return [found(reply).length, cut(reply)];
  };
  const more = ['/dav/principals/'];
  assert.deepEqual(await search('allof', 'marie'), [100, more]);
  assert.deepEqual(await search('allof', 'marie', 'zita'), [1, []]);
  // A hundred together of two who are few enough each.
  assert.deepEqual(await search('anyof', 'a00', 'a01', 'a02', 'a03', 'a04'), [100, []]);
  assert.deepEqual(await search('anyof', 'a00', 'a01', 'a02', 'a03', 'a04', 'zita'), [100, more]);
  const apple = await report(
    app.ada,
    '/dav/principals/',
    'CS:calendarserver-principal-search',
    '<CS:search-token>dupont</CS:search-token><D:prop><D:displayname/></D:prop>',
  );
  assert.deepEqual([found(apple).length, cut(apple)], [100, more]);
});
