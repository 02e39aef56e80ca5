import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContactCard } from '../../../client/src/types.ts';
import { fr } from '../../locales/fr.ts';
import { cardDifferences } from './card-differences.ts';

const words = { fields: fr.contacts.fields, language: 'fr' };

function card(content: object): ContactCard {
  return { id: 'c1', uid: 'u', addressBookIds: {}, ...content };
}

function told(before: object | null, after: object | null): string[] {
  const found = cardDifferences(before && card(before), after && card(after), words);
  return found.map((each) => `${each.label}: ${each.before ?? '-'} → ${each.after ?? '-'}`);
}

const jean = {
  name: {
    components: [
      { kind: 'given', value: 'Jean' },
      { kind: 'surname', value: 'Dupont' },
    ],
  },
};

test('two states of a card differ in the fields that a person sees', () => {
  const before = {
    ...jean,
    phones: { p1: { number: '+33 1' }, p2: { number: '+33 2', features: { mobile: true } } },
    notes: { n1: { note: 'un' } },
  };
  const after = {
    ...jean,
    phones: { p1: { number: '+33 9' } },
    emails: { e1: { address: 'jean@demo.example', contexts: { work: true } } },
    notes: { n1: { note: 'un' } },
    anniversaries: { b: { kind: 'birth', date: { month: 4, day: 2 } } },
  };
  assert.deepEqual(told(before, after), [
    'Adresse mail (Bureau): - → jean@demo.example',
    'Téléphone: +33 1 → +33 9',
    'Anniversaire: - → 2 avril',
    'Téléphone (Portable): +33 2 → -',
  ]);
});

test('what no field shows is told, too; the time of the change is not', () => {
  assert.deepEqual(told({ ...jean, updated: '1' }, { ...jean, updated: '2', keywords: { vip: true } }), [
    'Étiquettes: - → vip',
  ]);
});

test('a card that is made or removed differs in everything', () => {
  assert.deepEqual(told(null, jean), ['Prénom: - → Jean', 'Nom: - → Dupont']);
  assert.deepEqual(told({ name: { full: 'Presse' } }, null), ['Nom complet: Presse → -']);
});

test('another kind of the same value is a difference', () => {
  const of = (features: object) => ({ phones: { p1: { number: '+33 1', features } } });
  assert.deepEqual(told(of({}), of({ mobile: true })), ['Téléphone (Portable): +33 1 → +33 1']);
});
