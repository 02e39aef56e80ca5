import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completionsAt } from './completions.ts';
import { foundIn } from './found-in.ts';
import { isCalled, keywordFilter, readSearch } from './search-query.ts';
import type { ContactCard } from '../../../client/src/types.ts';

test('words are looked for as they were typed', () => {
  assert.deepEqual(readSearch('  Élodie "maison du port" 06 12 34'), {
    filter: { anyText: 'Élodie "maison du port" 06 12 34' },
    folders: [],
    keywords: [],
    sought: ['elodie', 'maison du port', '06', '12', '34'].map((text) => ({ field: null, words: text.split(' ') })),
  });
});

test('a field limits the word behind it, in either language and without accents', () => {
  for (const name of ['société', 'Societe', 'company', 'ORGANISATION'])
    assert.deepEqual(readSearch(`${name}:mairie`).filter, { organization: 'mairie' }, name);
  assert.deepEqual(readSearch('société:"Maison du Port" paul tél:06').filter, {
    operator: 'AND',
    conditions: [{ anyText: 'paul' }, { organization: '"Maison du Port"' }, { phone: '06' }],
  });
});

test('the same field twice must hold both', () => {
  assert.deepEqual(readSearch('note:urgent note:devis').filter, {
    operator: 'AND',
    conditions: [
      { operator: 'OR', conditions: [{ note: 'urgent' }, { privateNote: 'urgent' }] },
      { operator: 'OR', conditions: [{ note: 'devis' }, { privateNote: 'devis' }] },
    ],
  });
});

test('folders are named by the beginnings of their words', () => {
  assert.deepEqual(readSearch('dossier:clients paul').folders, ['clients']);
  assert.equal(isCalled('Clients du Québec', 'cli que'), true);
  assert.equal(isCalled('Clients du Québec', 'bec'), false);
});

test('tags are named by the beginnings of their words, and one that nobody uses is looked for as it is', () => {
  assert.deepEqual(readSearch('étiquette:client paul').keywords, ['client']);
  assert.deepEqual(keywordFilter('client', ['Client', 'Clients 2026', 'presse']), {
    operator: 'OR',
    conditions: [{ hasKeyword: 'Client' }, { hasKeyword: 'Clients 2026' }],
  });
  assert.deepEqual(keywordFilter('vip', ['presse']), { hasKeyword: 'vip' });
});

test('a name that is no field is a word like any other, and a field without a value asks for nothing', () => {
  assert.deepEqual(readSearch('12:30 objet:urgent').filter, { anyText: '12:30 objet:urgent' });
  assert.equal(readSearch('société: ').filter, null);
  assert.deepEqual(readSearch('société: paul').filter, { anyText: 'paul' });
  assert.deepEqual(readSearch('société:"maison').filter, { organization: '"maison"' });
});

const none = { language: 'fr', valuesOf: () => [] } as const;

test('an empty box tells all fields, a word those that begin so', () => {
  assert.deepEqual(
    completionsAt('', 0, none).map(({ label }) => label),
    [
      'dossier:',
      'société:',
      'étiquette:',
      'nom:',
      'surnom:',
      'mail:',
      'téléphone:',
      'adresse:',
      'messagerie:',
      'note:',
    ],
  );
  assert.deepEqual(
    completionsAt('paul soc', 8, none).map(({ text, caret }) => ({ text, caret })),
    [{ text: 'paul société:', caret: 13 }],
  );
  assert.deepEqual(completionsAt('p', 1, none), []);
  assert.deepEqual(completionsAt('paul ', 5, none), []);
});

test('what a field holds is offered, and quoted when it has spaces; the rest of the search stays', () => {
  const valuesOf = () => ['Mairie', 'Maison du Port'];
  const [mairie, port] = completionsAt('société:ma paul', 10, { language: 'fr', valuesOf });
  assert.deepEqual([mairie?.text, mairie?.caret], ['société:Mairie paul', 15]);
  assert.deepEqual([port?.text, port?.caret], ['société:"Maison du Port" paul', 25]);
});

const card = (content: object) => ({ id: 'a', uid: 'a', addressBookIds: {}, ...content }) as unknown as ContactCard;

test('a row tells where it was found when it does not show that itself', () => {
  const paul = card({
    fileAs: 'Démo, Paul',
    emails: { e: { address: 'paul@demo.example' } },
    phones: { p: { number: '+33 6 12 34 56 78' } },
    notes: { n: { note: `${'Bla '.repeat(60)}à rappeler pour le devis de la salle des fêtes avant la fin du mois` } },
  });
  assert.equal(foundIn(paul, [{ field: null, words: ['paul'] }]), null);
  assert.deepEqual(foundIn(paul, [{ field: null, words: ['paul', '0612'] }]), {
    field: 'phone',
    text: '+33 6 12 34 56 78',
  });
  const found = foundIn(paul, [{ field: null, words: ['devis'] }]);
  assert.equal(found?.field, 'note');
  assert.match(found.text, /^… .*devis.*…$/u);
  assert.equal(foundIn(paul, [{ field: null, words: ['xyzzy'] }]), null);
  const noted = { ...paul, privateNote: 'Préfère le thé' };
  assert.deepEqual(foundIn(noted, [{ field: 'note', words: ['the'] }]), {
    field: 'privateNote',
    text: 'Préfère le thé',
  });
  const mayor = card({ fileAs: 'Port, Lise', organizations: { o: { name: 'Mairie du Port' } } });
  assert.equal(foundIn(mayor, [{ field: 'organization', words: ['port'] }])?.text, 'Mairie du Port');
  assert.equal(foundIn(mayor, [{ field: null, words: ['port'] }]), null, 'the name shows it');
});
