import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { mock, test } from 'node:test';
import { checkCards } from '../../../../src/core/card/checkCards.ts';
import { folder, list, share, answer } from '../../../kit/calls.ts';
import { contactsOf, dav, homeOf, plainCard, put } from '../../../kit/dav.ts';
import type { Person } from '../../../kit/person.ts';
import { createTestApp } from '../../../kit/world.ts';
import type { TestApp } from '../../../kit/world.ts';

const fixture = (name: string) => readFile(new URL(`../../../fixtures/cards/${name}.vcf`, import.meta.url), 'utf8');

/** Counts the cards that were read in the other thread. */
function watchReading({ world }: TestApp): () => number {
  const reader = world.cardReader!;
  const { ahead } = reader;
  let count = 0;
  mock.method(reader, 'ahead', ((card, write) =>
    ahead(card, (read) => {
      if (read) count += 1;
      return write(read);
    })) satisfies typeof ahead);
  return () => count;
}

/** Puts plain cards at the same time until the other thread reads them. */
async function startReading(app: TestApp, person: Person, count: () => number): Promise<void> {
  const book = `${homeOf(person)}${await folder(person, 'Warm')}/`;
  for (let round = 0; count() === 0; round += 1) {
    const names = Array.from({ length: 8 }, (_, number) => `warm-${round}-${number}`);
    await Promise.all(names.map((name) => put(person, `${book}${name}.vcf`, plainCard(name))));
  }
  assert.deepEqual(app.faults, []);
}

async function cardsToPut(edition: string): Promise<string[]> {
  const apple = await fixture('apple');
  const note = `NOTE:${edition}`;
  const plain = Array.from({ length: 40 }, (_, number) =>
    plainCard(`u${number}`, `EMAIL:someone-${number}@demo.example`, `TEL:+33 1 23 45 67 ${number + 10}`, note),
  );
  return [
    ...plain,
    apple.replace('END:VCARD', `${note}\r\nEND:VCARD`),
    (await fixture('modern')).replace('END:VCARD', `${note}\r\nEND:VCARD`),
    await fixture('outlook'),
    'hello',
    plainCard('no-name', note).replace(/FN:.*\r\n/u, ''),
    plainCard('u0', 'NOTE:a uid that is there'),
    plainCard('tags', note, 'CATEGORIES:presse,radio'),
  ];
}

const namesOf = (cards: readonly string[]) => cards.map((_, number) => `card-${number}.vcf`);

test('cards that are put at the same time are what they would be one after the other, new or changed', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const count = watchReading(app);
  const [alone, together] = [await contactsOf(ada), await contactsOf(ben)];
  await startReading(app, app.chloe, count);
  for (const edition of ['first', 'second']) {
    const cards = await cardsToPut(edition);
    const names = namesOf(cards);
    const putIn = (person: Person, book: string, number: number) =>
      dav(person, 'PUT', book + names[number]!, { body: cards[number]! });
    const one: Awaited<ReturnType<typeof dav>>[] = [];
    for (const number of cards.keys()) one.push(await putIn(ada, alone, number));
    const before = count();
    // Of two with the same uid the first is kept: it is there already.
    const other = [await putIn(ben, together, 0)];
    other.push(...(await Promise.all([...cards.keys()].slice(1).map((number) => putIn(ben, together, number)))));
    assert.ok(count() > before + 10, String(count() - before));
    const told = (reply: (typeof one)[number]) => [reply.status, reply.headers.get('etag'), reply.text.slice(0, 300)];
    const withoutOwners = (value: unknown) => JSON.stringify(value).replaceAll(ben.id, ada.id);
    assert.equal(withoutOwners(other.map(told)), withoutOwners(one.map(told)));
    for (const name of names) {
      const [hers, his] = [await dav(ada, 'GET', alone + name), await dav(ben, 'GET', together + name)];
      assert.equal(his.status, hers.status);
      if (hers.status === 200) assert.equal(his.text, hers.text);
    }
    const found = async (person: Person, text: string) =>
      ((await person.call('ContactCard/query', { filter: { text } }))['ids'] as unknown as string[]).length;
    for (const text of [edition, 'someone-7', 'presse'])
      assert.equal(await found(ben, text), await found(ada, text), text);
    assert.deepEqual(await checkCards(app.world, () => undefined), []);
  }
  assert.deepEqual(app.faults, []);
});

test('who may only read is told so, whatever they send while others write', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe } = app;
  const count = watchReading(app);
  const id = await folder(ada, 'Presse');
  await share(ada, id, ben, 'viewer');
  await answer(ben, id, 'accepted');
  await put(ada, `${homeOf(ada)}${id}/there.vcf`, plainCard('there'));
  await startReading(app, chloe, count);
  const book = `${homeOf(ben)}${id}/`;
  const bodies = Array.from({ length: 10 }, (_, number) => [plainCard(`new-${number}`), 'hello']).flat();
  const replies = await Promise.all(
    bodies.flatMap((body, number) => [
      dav(ben, 'PUT', `${book}new-${number}.vcf`, { body }),
      dav(ben, 'PUT', `${book}there.vcf`, { body }),
      dav(ben, 'PUT', `${book}there.vcf`, { body, headers: { 'If-None-Match': '*' } }),
    ]),
  );
  for (const [place, { status }] of replies.entries()) assert.equal(status, place % 3 === 2 ? 412 : 403);
  const cards = await list(ada, 'ContactCard', {});
  assert.deepEqual(
    cards.map(({ uid }) => uid),
    ['there'],
  );
});
