/** The form of a contact: every kind of field, what it does not know, what is wrong, a phone. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { addField, type Desk, isFocused, named, openDesk, save, values } from './kit/desk.ts';
import type { Answer } from './kit/program.ts';
import { choose, until } from './kit/screen.ts';

let desk: Desk;

before(async () => {
  desk = await openDesk();
});
after(() => desk.stage.stop());
afterEach(() => desk.stage.expectNoProblems());

/** What the form knows nothing of. */
const unknown = {
  personalInfo: { h1: { kind: 'hobby', value: 'Voile' } },
  preferredLanguages: { l1: { language: 'br' } },
  'example.com:shoe': { size: 38 },
  relatedTo: { 'urn:x:bob': { relation: { friend: true } } },
};

test('every kind of field is filled in and read back by another program; what the form does not know stays', async () => {
  const id = await desk.makeCard({
    name: named('Zoé', 'Exemple'),
    ...unknown,
    vCardProps: [['x-pet', {}, 'unknown', 'Minou']],
    emails: { e1: { address: 'zoe@demo.example', contexts: { work: true }, 'example.com:checked': true } },
  });
  const form = await desk.openForm(desk.ada.page, id);
  const fill = (label: string, text: string) => form.getByLabel(label, { exact: true }).fill(text);
  await fill('Prénom', 'Zoë');
  for (const [label, text] of [
    ['Préfixe', 'Dr'],
    ['Deuxième prénom', 'Marie'],
    ['Deuxième nom', 'Ruiz'],
    ['Suffixe', 'PhD'],
    ['Génération (Jr, III)', 'III'],
    ['Prénom phonétique', 'zo-é'],
    ['Nom phonétique', 'èg-zanpl'],
    ['Classer sous', 'Ample'],
    ['Alias', 'Zouzou'],
    ['Pronoms', 'elle'],
    ['Département', 'Presse'],
    ['Rôle', 'Porte-parole'],
  ] as const) {
    await addField(form, label);
    await fill(label, text);
  }
  await fill('Société', 'Mairie');
  await fill('Fonction', 'Adjointe');
  await fill('Commentaires', 'Deux lignes,\net une virgule');

  const group = (name: string) => form.getByRole('group', { name, exact: true });
  await form.getByRole('button', { name: 'Ajouter : Adresse mail' }).click();
  await group('Adresse mail').getByRole('textbox', { name: 'Adresse mail' }).nth(1).fill('presse@demo.example');
  await group('Adresse mail')
    .getByRole('button', { name: /Type d/u })
    .nth(1)
    .click();
  await desk.ada.page.getByRole('option', { name: 'Autre libellé…' }).click();
  await group('Adresse mail').getByRole('textbox', { name: 'Libellé' }).fill('Secrétariat');

  await group('Téléphone').getByRole('textbox', { name: 'Téléphone' }).fill('06 39 98 12 34');
  await choose(group('Téléphone'), 'Type', 'Mobile (bureau)');

  await addField(form, 'Adresse');
  await group('Adresse').getByLabel('Rue').fill('12 quai de la Paix');
  await group('Adresse').getByLabel('Ville').fill('Brest');
  await choose(group('Adresse'), 'Type', 'Autre libellé…');
  await group('Adresse').getByRole('textbox', { name: 'Libellé' }).fill('Chalet');

  await addField(form, 'Site Web');
  await group('Site Web').getByRole('textbox', { name: 'Site Web' }).fill('zoe.example');
  await addField(form, 'Messagerie ou réseau');
  await group('Messagerie ou réseau').getByRole('textbox').first().fill('zoe.42');
  await choose(group('Messagerie ou réseau'), 'Type', 'Signal');
  for (const label of ['Anniversaire', 'Anniversaire de mariage', 'Décès']) {
    await addField(form, label);
    await group(label).getByLabel('Jour').fill('3');
    await choose(group(label), 'Mois', 'février');
  }
  await group('Anniversaire').getByLabel('Année').fill('1990');
  await addField(form, 'Autre date');
  await group('Autre date').getByLabel('Jour').fill('4');
  await choose(group('Autre date'), 'Mois', 'mars');
  await group('Autre date').getByLabel('Libellé').fill('Titularisation');
  await addField(form, 'Champ personnalisé');
  await group('Champ personnalisé').getByRole('textbox', { name: 'Champ personnalisé' }).fill('A-12; B');
  await group('Champ personnalisé').getByLabel('Libellé').fill('Matricule');
  await addField(form, 'Étiquettes');
  await form.getByRole('combobox', { name: 'Étiquettes' }).pressSequentially('Presse,Élus,');
  await expectAccessible(desk.ada.page, 'the whole form');
  await form.getByText('Autres informations').click();
  for (const text of ['hobby · Voile', 'br', 'X-PET: Minou', '38'])
    await form.getByText(text, { exact: true }).waitFor();
  await save(form);

  const card = await desk.kept(id);
  const name = card['name'] as { components: readonly Answer[]; sortAs: unknown; full: string };
  assert.deepEqual(
    name.components.map(({ kind, value, phonetic }) => [kind, value, ...(phonetic ? [phonetic] : [])]),
    [
      ['title', 'Dr'],
      ['given', 'Zoë', 'zo-é'],
      ['given2', 'Marie'],
      ['surname', 'Exemple', 'èg-zanpl'],
      ['surname2', 'Ruiz'],
      ['generation', 'III'],
      ['credential', 'PhD'],
    ],
  );
  assert.deepEqual([name.sortAs, name.full], [{ surname: 'Ample' }, 'Dr Zoë Marie Exemple Ruiz III PhD']);
  assert.deepEqual(values(card['nicknames']), [{ name: 'Zouzou' }]);
  assert.deepEqual(values((card['speakToAs'] as Answer)['pronouns']), [{ pronouns: 'elle' }]);
  assert.deepEqual(values(card['organizations']), [{ name: 'Mairie', units: [{ name: 'Presse' }] }]);
  assert.deepEqual(
    values(card['titles'])
      .map((title) => [title['kind'] ?? 'title', title['name']].join(' '))
      .toSorted(),
    ['role Porte-parole', 'title Adjointe'],
  );
  assert.deepEqual(values(card['notes']), [{ note: 'Deux lignes,\net une virgule' }]);
  assert.deepEqual(card['emails'], {
    e1: { address: 'zoe@demo.example', contexts: { work: true }, 'example.com:checked': true },
    e2: { address: 'presse@demo.example', contexts: { private: true }, label: 'Secrétariat' },
  });
  assert.deepEqual(values(card['phones']), [
    { number: '06 39 98 12 34', contexts: { work: true }, features: { mobile: true } },
  ]);
  const [address] = values(card['addresses']);
  assert.deepEqual(address!['components'], [
    { kind: 'name', value: '12 quai de la Paix' },
    { kind: 'locality', value: 'Brest' },
  ]);
  assert.deepEqual(values(card['links']), [{ uri: 'https://zoe.example', contexts: { work: true } }]);
  assert.deepEqual(values(card['onlineServices']), [{ service: 'Signal', user: 'zoe.42' }]);
  assert.deepEqual(
    values(card['anniversaries']).map(({ kind, date }) => [kind, date]),
    [
      ['birth', { year: 1990, month: 2, day: 3 }],
      ['wedding', { month: 2, day: 3 }],
      ['death', { month: 2, day: 3 }],
    ],
  );
  assert.deepEqual(card['keywords'], { Presse: true, Élus: true });
  const lines = (card['vCardProps'] as [string, { group?: string }, string, string][]).map(([line, , , value]) => [
    line,
    value,
  ]);
  for (const line of [
    ['x-pet', 'Minou'],
    ['x-ablabel', 'Chalet'],
    ['x-abdate', '1604-03-04'],
    ['x-ablabel', 'Titularisation'],
    ['x-coterie-field', 'A-12; B'],
    ['x-ablabel', 'Matricule'],
  ])
    assert.ok(
      lines.some((other) => other.join() === line.join()),
      JSON.stringify(lines),
    );
  for (const [property, value] of Object.entries(unknown)) assert.deepEqual(card[property], value, property);

  const page = desk.ada.page;
  for (const text of [
    'Chalet',
    'Titularisation',
    '4 mars',
    'Matricule',
    'A-12; B',
    'Secrétariat',
    'Signal',
    'Presse',
    'elle',
  ])
    await page.getByText(text, { exact: true }).first().waitFor();
  await expectAccessible(page, 'the card with everything');
});

test('whoever takes a row out by keyboard goes on in the one that takes its place', async () => {
  const id = await desk.makeCard({
    name: named('Rose', 'Rangée'),
    emails: { e1: { address: 'un@demo.example' }, e2: { address: 'deux@demo.example' } },
  });
  const other = await desk.stage.enter('Ada Démo');
  const form = await desk.openForm(other.page, id);
  const addresses = form.getByRole('textbox', { name: 'Adresse mail' });
  await form.getByRole('button', { name: /un@demo\.example$/u }).press('Enter');
  await until('the other has the focus', () => isFocused(addresses));
  assert.equal(await addresses.inputValue(), 'deux@demo.example');
  await form.getByRole('button', { name: /deux@demo\.example$/u }).press('Enter');
  await until('the blank one has the focus', () => isFocused(addresses));
  assert.equal(await addresses.inputValue(), '');
  await addField(form, 'Anniversaire');
  await form.getByRole('group', { name: 'Anniversaire' }).getByRole('button').last().press('Enter');
  await form.locator(':focus').waitFor();
  await other.page.context().close();
});

test('what is wrong is told beside the field, which gets the focus; nothing is saved until it is right', async () => {
  const id = await desk.makeCard({ name: named('Yann', 'Exemple') });
  const form = await desk.openForm(desk.ada.page, id);
  await form.getByRole('textbox', { name: 'Adresse mail' }).fill('pas une adresse');
  await form.getByRole('button', { name: 'Enregistrer' }).click();
  await form.getByText('Adresse mail incorrecte').waitFor();
  await until('the field has the focus', () => isFocused(form.getByRole('textbox', { name: 'Adresse mail' })));
  await expectAccessible(desk.ada.page, 'a form with something wrong');
  assert.equal((await desk.kept(id))['emails'], undefined);
  await form.getByRole('textbox', { name: 'Adresse mail' }).fill('yann@demo.example');
  await save(form);
  assert.deepEqual(
    values((await desk.kept(id))['emails']).map(({ address }) => address),
    ['yann@demo.example'],
  );
});

test('on a phone the form fits, its dialogs too', async () => {
  const { page } = desk.ada;
  const id = await desk.makeCard({ name: named('Tom', 'Exemple'), phones: { p1: { number: '1', label: 'Direct' } } });
  await page.setViewportSize({ width: 320, height: 640 });
  const form = await desk.openForm(page, id);
  await addField(form, 'Autre date');
  await addField(form, 'Champ personnalisé');
  await addField(form, 'Messagerie ou réseau');
  await expectNoSidewaysScroll(page, 'the form on a phone');
  await expectAccessible(page, 'the form on a phone');
  await form.getByRole('button', { name: 'Annuler' }).click();
  await page.setViewportSize({ width: 1280, height: 800 });
});
