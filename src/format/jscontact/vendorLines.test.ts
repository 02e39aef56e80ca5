import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertVCard } from '../vcard/convert.ts';
import { parseVCard } from '../vcard/parse.ts';
import { serializeVCard } from '../vcard/serialize.ts';
import type { VCard } from '../vcard/types.ts';
import { fromVCard } from './fromVCard.ts';
import { toVCard } from './toVCard.ts';
import type { Card } from './types.ts';
import { validateCard } from './validate.ts';

function cardOf(...lines: readonly string[]): VCard {
  const name = lines.some((line) => line.startsWith('N:')) ? [] : ['N:x;;;;'];
  return parseVCard(['BEGIN:VCARD', 'VERSION:3.0', 'UID:a', 'FN:x', ...name, ...lines, 'END:VCARD', ''].join('\r\n'));
}

/** What the lines say of one property of a Card; the Card is valid, and an edit elsewhere leaves all lines alone. */
function read<Property extends keyof Card>(property: Property, ...lines: readonly string[]): Card[Property] {
  const base = cardOf(...lines);
  const card = fromVCard(base);
  assert.deepEqual(validateCard(card), []);
  const edited = serializeVCard(toVCard({ ...card, prodId: 'Editor' }, base));
  assert.equal(edited.replace('PRODID:Editor\r\n', ''), serializeVCard(base));
  return card[property];
}

/** The lines after an edit. */
function edit(base: VCard, change: (card: Card) => Partial<Card>): string[] {
  const card = fromVCard(base);
  const wanted = { ...card, ...change(card) };
  const written = toVCard(wanted, base);
  assert.deepEqual(fromVCard(written), wanted);
  return serializeVCard(written)
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .slice(4, -2)
    .filter((line) => line !== 'N:x;;;;');
}

const values = <Value>(map: { readonly [id: string]: Value } | undefined): Value[] => Object.values(map ?? {});

test('X-PHONETIC names sound the components of N', () => {
  const name = read('name', 'N:山田;花子;;;', 'X-PHONETIC-LAST-NAME:やまだ', 'X-PHONETIC-FIRST-NAME:はなこ');
  assert.deepEqual(name, {
    components: [
      { kind: 'surname', value: '山田', phonetic: 'やまだ' },
      { kind: 'given', value: '花子', phonetic: 'はなこ' },
    ],
    phoneticScript: 'Hira',
    full: 'x',
  });
});

test('a sound without its component stays what it is', () => {
  assert.deepEqual(read('vCardProps', 'N:Demo;;;;', 'X-PHONETIC-FIRST-NAME:Ann'), [
    ['x-phonetic-first-name', {}, 'unknown', 'Ann'],
  ]);
});

test('a new sound is written as the programs of a 3.0 card look for it', () => {
  const base = cardOf('N:Demo;Ann;;;', 'X-PHONETIC-FIRST-NAME:Enn');
  const lines = edit(base, ({ name }) => ({
    name: { ...name!, components: name!.components!.map((one) => ({ ...one, phonetic: `${one.value} 2` })) },
  }));
  assert.deepEqual(lines, ['N;ALTID=1:Demo;Ann;;;', 'X-PHONETIC-LAST-NAME:Demo 2', 'X-PHONETIC-FIRST-NAME:Ann 2']);
});

test('sounds become an N with PHONETIC in 4.0, tied to the name, and come back in 3.0', () => {
  const modern = convertVCard(cardOf('N:Demo;Ann;;;', 'X-PHONETIC-FIRST-NAME:Enn'), '4.0');
  const text = serializeVCard(modern);
  assert.match(text, /^N;ALTID=1:Demo;Ann;;;\r$/m);
  assert.match(text, /^N;ALTID=1;PHONETIC=script;SCRIPT=Latn:;Enn;;;\r$/m);
  assert.match(serializeVCard(convertVCard(parseVCard(text), '3.0')), /^X-PHONETIC-FIRST-NAME:Enn\r$/m);
});

test('X-SOCIALPROFILE is an online service', () => {
  assert.deepEqual(
    values(
      read(
        'onlineServices',
        'X-SOCIALPROFILE;type=Mastodon;type=HOME;x-user=@ann:https://demo.example/@ann',
        'X-SOCIALPROFILE;TYPE=weibo:x-apple:ann%20demo',
        'X-SOCIALPROFILE;TYPE=flickr;x-user=ann:',
        'X-SOCIALPROFILE;TYPE=myspace:ann\\,2',
        'X-TWITTER:ann',
      ),
    ),
    [
      { service: 'Mastodon', user: '@ann', contexts: { private: true }, uri: 'https://demo.example/@ann' },
      { service: 'weibo', user: 'ann demo' },
      { service: 'flickr', user: 'ann' },
      { service: 'myspace', user: 'ann,2' },
      { service: 'Twitter', user: 'ann' },
    ],
  );
});

test('an edited profile is written in the words of 3.0 programs', () => {
  const base = cardOf('X-SOCIALPROFILE;type=Mastodon;x-user=ann;x-userid=7:https://demo.example/@ann');
  const lines = edit(base, ({ onlineServices }) => {
    const [key, service] = Object.entries(onlineServices!)[0]!;
    return {
      onlineServices: {
        [key]: { ...service, user: 'lou', contexts: { work: true } },
        n: { service: 'Chat', user: 'l,o' },
      },
    };
  });
  assert.deepEqual(
    lines.map((line) => line.replace(/PROP-ID=[^;]*;/, '')),
    [
      'X-SOCIALPROFILE;TYPE=Mastodon,work;X-USERID=7;X-USER=lou:https://demo.example/@ann',
      'X-SOCIALPROFILE;TYPE=Chat;X-USER="l,o":x-apple:l%2Co',
    ],
  );
});

test('the ticked « Company » is the kind org, both ways', () => {
  assert.equal(read('kind', 'N:;;;;', 'ORG:Démo', 'X-ABShowAs:COMPANY'), 'org');
  const base = cardOf('ORG:Démo', 'X-ABShowAs:COMPANY');
  assert.deepEqual(
    edit(base, () => ({ kind: 'individual' })).filter((line) => /kind|showas/i.test(line)),
    ['KIND:individual'],
  );
  const plain = cardOf('ORG:Démo');
  assert.ok(edit(plain, () => ({ kind: 'org' })).includes('X-ABShowAs:COMPANY'));
});

test('related names are relations; a label that says more than the relation stays', () => {
  const lines = [
    'item1.X-ABRELATEDNAMES:Paul',
    'item1.X-ABLabel:_$!<Spouse>!$_',
    'item2.X-ABRELATEDNAMES:Rose\\, née Demo',
    'item2.X-ABLabel:_$!<Mother>!$_',
    'item3.X-ABRELATEDNAMES:Lou',
    'item3.X-ABLabel:Marraine',
  ];
  assert.deepEqual(read('relatedTo', ...lines), {
    Paul: { relation: { spouse: true } },
    'Rose, née Demo': { relation: { parent: true }, vCardParams: { group: 'item2' } },
    Lou: { relation: {}, vCardParams: { group: 'item3' } },
  });
  assert.deepEqual(read('vCardProps', ...lines), [
    ['x-ablabel', { group: 'item2' }, 'text', '_$!<Mother>!$_'],
    ['x-ablabel', { group: 'item3' }, 'text', 'Marraine'],
  ]);
});

test('chat addresses of old programs are online services, and one address said twice is one', () => {
  assert.deepEqual(
    values(
      read(
        'onlineServices',
        'IMPP;X-SERVICE-TYPE=Jabber:xmpp:ann@demo.example',
        'X-JABBER;type=HOME:ann@demo.example',
        'X-AIM;type=WORK;type=pref:ann 7',
        'X-SKYPE-USERNAME:ann.demo',
        'X-MS-IMADDRESS:ann@demo.example',
      ),
    ),
    [
      { uri: 'xmpp:ann@demo.example', vCardName: 'impp', service: 'Jabber' },
      { uri: 'aim:ann%207', vCardName: 'impp', service: 'AIM', contexts: { work: true }, pref: 1 },
      { uri: 'skype:ann.demo', vCardName: 'impp', service: 'Skype' },
    ],
  );
});

test('what 4.0 cards keep of 3.0 is understood: TYPE=pref and X-SERVICE-TYPE', () => {
  const lines = ['EMAIL;TYPE=work,pref:ann@demo.example', 'IMPP;X-SERVICE-TYPE=Chat:chat:ann'];
  const base = parseVCard(['BEGIN:VCARD', 'VERSION:4.0', 'UID:a', 'FN:x', ...lines, 'END:VCARD', ''].join('\r\n'));
  const card = fromVCard(base);
  assert.deepEqual(values(card.emails), [{ address: 'ann@demo.example', contexts: { work: true }, pref: 1 }]);
  assert.deepEqual(values(card.onlineServices), [{ uri: 'chat:ann', vCardName: 'impp', service: 'Chat' }]);
  assert.ok(lines.every((line) => serializeVCard(toVCard({ ...card, prodId: 'Editor' }, base)).includes(line)));
});

test('an address said twice goes in both places', () => {
  const base = cardOf('IMPP;X-SERVICE-TYPE=Jabber:xmpp:ann@demo.example', 'X-JABBER:ann@demo.example', 'NOTE:stays');
  const { onlineServices: _, ...wanted } = fromVCard(base);
  const written = serializeVCard(toVCard(wanted, base));
  assert.doesNotMatch(written, /ann@demo/);
  assert.match(written, /^NOTE:stays\r$/m);
});
