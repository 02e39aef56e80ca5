// What a converter between JSContact and vCard has to carry over, topic by topic: metadata, the unknown, the wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../src/format/jscontact/types.ts';
import { validateCard } from '../../../src/format/jscontact/validate.ts';
import { testBothWays, testReading, testWriting, wholeCard } from '../../kit/cardExample.ts';

testBothWays('created', { vcard: ['CREATED:20240229T080910Z'], card: { created: '2024-02-29T08:09:10Z' } });

testReading('created: with an offset', ['CREATED:20240229T080910+0130'], { created: '2024-02-29T06:39:10Z' });

testWriting('created: fractions of a second', { created: '2024-02-29T08:09:10.25Z' }, [
  'CREATED:20240229T080910Z',
  'JSPROP;JSPTR="created":"2024-02-29T08:09:10.25Z"',
]);

testBothWays('updated', { vcard: ['REV:20240229T080910Z'], card: { updated: '2024-02-29T08:09:10Z' } });

testBothWays('prodId', { vcard: ['PRODID:-//Demo//Essai 1\\, 2//FR'], card: { prodId: '-//Demo//Essai 1, 2//FR' } });

testBothWays('kind_group', {
  vcard: ['KIND:group', 'FN:Équipe', 'MEMBER:urn:uuid:3f1c5a6e-2d55-4a34-9d86-1f6b0a7c2b11', 'MEMBER;VALUE=text:ann'],
  card: {
    kind: 'group',
    name: { full: 'Équipe' },
    members: { 'urn:uuid:3f1c5a6e-2d55-4a34-9d86-1f6b0a7c2b11': true, ann: true },
  },
});

testBothWays('uid_text', { vcard: ['UID;VALUE=text:Ann Demo\\, 1'], card: { uid: 'Ann Demo, 1' } });
testBothWays('uid_uri', { vcard: ['UID:https://demo.example/ann'], card: { uid: 'https://demo.example/ann' } });
testBothWays('uid_urn', {
  vcard: ['UID:urn:uuid:3f1c5a6e-2d55-4a34-9d86-1f6b0a7c2b11'],
  card: { uid: 'urn:uuid:3f1c5a6e-2d55-4a34-9d86-1f6b0a7c2b11' },
});

testBothWays('unknownProp', {
  vcard: [
    'EMAIL;PROP-ID=e1:ann@demo.example',
    'JSPROP;JSPTR="emails/e1/mood":["calm"\\,null]',
    'JSPROP;JSPTR="weather":{"rain":0.5}',
  ],
  card: { emails: { e1: { address: 'ann@demo.example', mood: ['calm', null] } }, weather: { rain: 0.5 } },
});

testBothWays('vendorSpecific', {
  vcard: [
    'TEL;PROP-ID=p1:06',
    'JSPROP;JSPTR="phones/p1/demo.example:a~1b":"x\\;y"',
    'JSPROP;JSPTR="demo.example:top":{"a":[1\\,{"b":"c\\\\nd"}]}',
  ],
  card: { phones: { p1: { number: '06', 'demo.example:a/b': 'x;y' } }, 'demo.example:top': { a: [1, { b: 'c\nd' }] } },
});

testBothWays('vendorSpecific: values of kinds and contexts', {
  vcard: [
    'KIND:demo.example:robot',
    'EMAIL;PROP-ID=e1:ann@demo.example',
    'JSPROP;JSPTR="emails/e1/contexts":{"demo.example:club":true}',
  ],
  card: {
    kind: 'demo.example:robot',
    emails: { e1: { address: 'ann@demo.example', contexts: { 'demo.example:club': true } } },
  },
});

testBothWays('vCardParams', {
  vcard: ['EMAIL;PID=1.1,2.1;X-COLOUR=blue:ann@demo.example'],
  card: { emails: { e1: { address: 'ann@demo.example', vCardParams: { pid: ['1.1', '2.1'], 'x-colour': 'blue' } } } },
});

testBothWays('vCardProps', {
  vcard: ['X-SHOE;X-SIDE=left:39\\,5', 'item4.X-HAT;VALUE=uri:https://demo.example/hat'],
  card: {
    vCardProps: [
      ['x-shoe', { 'x-side': 'left' }, 'unknown', '39\\,5'],
      ['x-hat', { group: 'item4' }, 'uri', 'https://demo.example/hat'],
    ],
  },
});

testBothWays('vCardProps_iana', {
  vcard: [
    'GENDER:O;it',
    'CLIENTPIDMAP:1;urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556',
    'XML:<a xmlns="https://demo.example/">b\\, c</a>',
    'BDAY;VALUE=text:vers 1800',
  ],
  card: {
    vCardProps: [
      ['gender', {}, 'text', ['O', 'it']],
      ['clientpidmap', {}, 'text', ['1', 'urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556']],
      ['xml', {}, 'text', '<a xmlns="https://demo.example/">b, c</a>'],
      ['bday', {}, 'text', 'vers 1800'],
    ],
  },
});

/** Cards that are refused, and the place that is named. */
const refusals: readonly [topic: string, card: JsonObject, path: string][] = [
  ['extra', { extra: true }, 'extra'],
  ['extra_nested', { emails: { e1: { address: 'a@demo.example', extra: 'x' } } }, 'emails/e1/extra'],
  [
    'extra_patched',
    { emails: { e1: { address: 'a@demo.example' } }, localizations: { fr: { 'emails/e1/extra': 'x' } } },
    'localizations/fr/emails~1e1~1extra',
  ],
  ['wrongCaseProp', { Emails: { e1: { address: 'a@demo.example' } } }, 'Emails'],
  ['wrongCaseProp2', { emails: { e1: { Address: 'a@demo.example', address: 'b@demo.example' } } }, 'emails/e1/Address'],
];

for (const [topic, card, path] of refusals)
  test(`${topic} is refused, and the place is named`, () => {
    assert.ok(
      validateCard(wholeCard(card)).some((problem) => problem.path === path),
      JSON.stringify(validateCard(wholeCard(card))),
    );
  });

testReading(
  'extra: a JSPROP that would make the Card invalid is not applied',
  ['EMAIL;PROP-ID=e1:ann@demo.example', 'JSPROP;JSPTR="emails/e1/extra":"x"'],
  { emails: { e1: { address: 'ann@demo.example' } } },
);

testReading('wrongCaseProp: in a JSPROP', ['EMAIL;PROP-ID=e1:ann@demo.example', 'JSPROP;JSPTR="Emails":{}'], {
  emails: { e1: { address: 'ann@demo.example' } },
});
