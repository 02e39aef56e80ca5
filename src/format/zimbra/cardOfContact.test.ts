import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromVCard } from '../jscontact/fromVCard.ts';
import { newVCard } from '../jscontact/toVCard.ts';
import type { Card } from '../jscontact/types.ts';
import { validateCard } from '../jscontact/validate.ts';
import { parseVCard } from '../vcard/parse.ts';
import { serializeVCard } from '../vcard/serialize.ts';
import { cardOfContact } from './cardOfContact.ts';

function read(attributes: Readonly<Record<string, string | readonly string[]>>, tags: readonly string[] = []) {
  const map = new Map(
    Object.entries(attributes).map(([name, value]) => [name, typeof value === 'string' ? [value] : value] as const),
  );
  const { card, wrongDates } = cardOfContact({ attributes: map, tags }, { photo: null, language: 'fr' });
  const whole = { '@type': 'Card', version: '1.0', uid: 'urn:uuid:1', ...card } as Card;
  assert.deepEqual(validateCard(whole), []);
  const kept = fromVCard(parseVCard(serializeVCard(newVCard(whole))));
  return { card: kept, wrongDates };
}

const values = (map: object | undefined) => Object.values(map ?? {}) as Record<string, unknown>[];

test('addresses and telephones of every kind stand in the order of their numbers', () => {
  const { card } = read({
    email10: 'ten@demo.example',
    email: 'one@demo.example',
    email2: 'two@demo.example',
    workEmail1: 'work@demo.example',
    mobilePhone: '1',
    workMobile: '2',
    homeFax: '3',
    carPhone: '4',
    companyPhone: '5',
    workAltPhone: '6',
  });
  assert.deepEqual(
    values(card.emails).map(({ address, contexts }) =>
      [address, Object.keys((contexts as object | undefined) ?? {}).join()].join(' ').trim(),
    ),
    ['one@demo.example', 'two@demo.example', 'ten@demo.example', 'work@demo.example work'],
  );
  const told = values(card.phones).map(({ number, label, features, contexts }) =>
    [
      number,
      label,
      ...Object.keys((features as object | undefined) ?? {}),
      ...Object.keys((contexts as object | undefined) ?? {}),
    ]
      .filter(Boolean)
      .join(' '),
  );
  assert.deepEqual(told.sort(), ['1 mobile', '2 mobile work', '3 fax private', '4 Voiture', '5 main-number', '6 work']);
});

test('what has no field becomes one of one’s own, under the name that people know', () => {
  const { card } = read({ lastName: 'X', custom2: 'a', maidenName: 'b', 'Équipe de foot': 'c', office: 'd' });
  const lines = (card.vCardProps ?? []).map(
    ([name, , , value]) => `${name} ${typeof value === 'string' ? value : '?'}`,
  );
  assert.deepEqual(lines.filter((line) => line.startsWith('x-ablabel')).sort(), [
    'x-ablabel Bureau',
    'x-ablabel Divers 2',
    'x-ablabel Nom de jeune fille',
    'x-ablabel Équipe de foot',
  ]);
  assert.equal(lines.filter((line) => line.startsWith('x-coterie-field')).length, 4);
});

test('several values of one attribute, chats, lines of other programs and dates are understood', () => {
  const { card, wrongDates } = read(
    {
      lastName: 'X',
      homeURL: ['https://a.demo.example', 'www.b.demo.example'],
      imAddress1: 'xmpp://x@demo.example',
      imAddress2: 'other://somebody',
      birthday: '--02-29',
      anniversary: '2001-02-30',
      vcardXProps: '{"X-FOO":"bar","X-MANY":"{\\"ZMVAL\\":[\\"a\\",\\"b\\"]}","evil:name":"x"}',
    },
    ['Presse'],
  );
  assert.deepEqual(
    values(card.links).map(({ uri }) => uri),
    ['https://a.demo.example', 'http://www.b.demo.example'],
  );
  assert.deepEqual(
    values(card.onlineServices).map(({ service, user }) => [service, user]),
    [
      ['XMPP', 'x@demo.example'],
      [undefined, 'somebody'],
    ],
  );
  assert.deepEqual(
    values(card.anniversaries).map(({ kind }) => kind),
    ['birth'],
  );
  assert.deepEqual(wrongDates, ['2001-02-30']);
  assert.deepEqual(
    (card.vCardProps ?? []).map(([name, , , value]) => [name, value]),
    [
      ['x-foo', 'bar'],
      ['x-many', 'a'],
      ['x-many', 'b'],
    ],
  );
  assert.deepEqual(card.keywords, { Presse: true });
});

test('« file as » decides the place in lists only where it says something else than the name', () => {
  const sortAs = (fileAs: string) =>
    read({ firstName: 'Ada', lastName: 'Roux', company: 'ACME', fileAs }).card.name?.sortAs;
  assert.deepEqual(sortAs('8:La patronne'), { surname: 'La patronne' });
  assert.deepEqual(sortAs('3'), { surname: 'ACME' });
  for (const usual of ['1', '2', '8:Roux, Ada', '8:Ada Roux', '4', 'nonsense'])
    assert.equal(sortAs(usual), undefined, usual);
});

test('a group is called by its nickname', () => {
  const { card } = read({ type: 'group', nickname: 'Comité', fileAs: '8:Comité' });
  assert.equal(card.kind, 'group');
  assert.equal(card.name?.full, 'Comité');
  assert.equal(card.nicknames, undefined);
});
