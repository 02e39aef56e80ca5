import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyPatch } from '../../../src/lib/jsonPatchObject.ts';
import { diffCard } from './diff-card.ts';

const ada = {
  '@type': 'Card',
  uid: 'urn:uuid:1',
  name: { components: [{ kind: 'given', value: 'Ada' }], full: 'Ada' },
  emails: { e1: { address: 'ada@demo.example', contexts: { work: true } }, e2: { address: 'a@demo.example' } },
  'example.com:shoeSize': 38,
};

test('nothing changed is an empty patch', () => {
  assert.deepEqual(diffCard(ada, structuredClone(ada)), {});
});

test('a changed address is one pointer and leaves everything beside it alone', () => {
  const after = { ...ada, emails: { ...ada.emails, e1: { ...ada.emails.e1, address: 'ada.demo@demo.example' } } };
  assert.deepEqual(diffCard(ada, after), { 'emails/e1/address': 'ada.demo@demo.example' });
});

test('another context replaces one key of the set', () => {
  const after = { ...ada, emails: { ...ada.emails, e1: { ...ada.emails.e1, contexts: { private: true } } } };
  assert.deepEqual(diffCard(ada, after), { 'emails/e1/contexts/work': null, 'emails/e1/contexts/private': true });
});

test('a removed entry is null, the last one takes its property along', () => {
  assert.deepEqual(diffCard(ada, { ...ada, emails: { e1: ada.emails.e1 } }), { 'emails/e2': null });
  const { emails: _, ...without } = ada;
  assert.deepEqual(diffCard(ada, without), { emails: null });
});

test('a new property is set whole, because a pointer needs parents that exist', () => {
  const after = { ...ada, phones: { p1: { number: '+33 1 00 00 00 00' } } };
  assert.deepEqual(diffCard(ada, after), { phones: { p1: { number: '+33 1 00 00 00 00' } } });
});

test('arrays are set whole', () => {
  const components = [...ada.name.components, { kind: 'surname', value: 'Démo' }];
  assert.deepEqual(diffCard(ada, { ...ada, name: { ...ada.name, components } }), { 'name/components': components });
});

test('slashes and tildes in keys are escaped', () => {
  assert.deepEqual(diffCard({ keywords: { 'a/b~c': true } }, { keywords: { x: true } }), {
    'keywords/a~1b~0c': null,
    'keywords/x': true,
  });
});

test('the patch, applied as the server applies it, gives the edited card', () => {
  const after = {
    ...ada,
    name: { ...ada.name, full: 'Ada Démo' },
    emails: { e2: { address: 'a@demo.example', pref: 1 }, e3: { address: 'n@demo.example' } },
    notes: { n1: { note: 'x' } },
  };
  assert.deepEqual(applyPatch(ada, diffCard(ada, after) as never), after);
});
