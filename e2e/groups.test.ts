/** Groups: made of a selection, filled by typing, dragging and menu, with members from everywhere; and written to. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { type Desk, named, openDesk, save } from './kit/desk.ts';
import type { Answer } from './kit/program.ts';
import { until } from './kit/screen.ts';
import { closeMessages } from './kit/screenshot.ts';

let desk: Desk;

before(async () => {
  desk = await openDesk();
  for (const [given, surname] of [
    ['Anne', 'Alpha'],
    ['Bruno', 'Beta'],
    ['Carole', 'Gamma'],
    ['Denis', 'Delta'],
  ] as const)
    await desk.makeCard({
      uid: `urn:x:${given}`,
      name: named(given, surname),
      emails: { e1: { address: `${given.toLowerCase()}@exemple.example` } },
    });
});
after(() => desk.stage.stop());
afterEach(() => desk.stage.expectNoProblems());

/** The group as another program reads it. */
async function group(name: string): Promise<Answer & { members?: Readonly<Record<string, true>> }> {
  const { ids } = (await desk.program.call('ContactCard/query', { filter: { kind: 'group', name } })) as {
    ids: string[];
  };
  assert.equal(ids.length, 1, name);
  return desk.kept(ids[0]!);
}

const membersOf = async (name: string) => Object.keys((await group(name)).members ?? {}).toSorted();

test('a group is made of a selection, in the folder that is open', async () => {
  const { ada } = desk;
  await ada.openFolder('Fiches');
  await ada.tick('Alpha, Anne').click();
  await ada.tick('Beta, Bruno').click();
  await ada.chooseForContact('Beta, Bruno', 'Ajouter à un groupe…');
  const dialog = ada.dialog('Ajouter 2 contacts à un groupe');
  await dialog.getByLabel('Nom du groupe').waitFor();
  await expectAccessible(ada.page, 'a new group of a selection');
  await dialog.getByRole('button', { name: 'Créer le groupe' }).click();
  await dialog.getByText('Donnez un nom au groupe.').waitFor();
  await dialog.getByLabel('Nom du groupe').fill('Le bureau');
  await dialog.getByRole('button', { name: 'Créer le groupe' }).click();
  await ada.page.getByRole('heading', { name: 'Le bureau' }).waitFor();
  const section = ada.page.getByRole('region', { name: '2 membres' });
  for (const name of ['Alpha, Anne', 'Beta, Bruno']) await section.getByText(name).waitFor();
  assert.deepEqual(await membersOf('Le bureau'), ['urn:x:Anne', 'urn:x:Bruno']);
});

test('a contact is dragged onto the group, and taken out again by the message', async () => {
  const { ada } = desk;
  const before = await membersOf('Le bureau');
  await ada.contact('Gamma, Carole').dragTo(ada.contact('Le bureau'));
  await ada.message('1 contact ajouté à « Le bureau »').waitFor();
  assert.deepEqual(await membersOf('Le bureau'), [...before, 'urn:x:Carole']);
  await ada.undo('1 contact ajouté à « Le bureau »', 'Annuler');
  await until('it is as before', async () => (await membersOf('Le bureau')).join() === before.join());
});

test('by the menu a contact goes into a group that is there; who is in it already stays once', async () => {
  const { ada } = desk;
  for (const expected of ['1 contact ajouté à « Le bureau »', 'Déjà dans « Le bureau »']) {
    await ada.chooseForContact('Delta, Denis', 'Ajouter à un groupe…');
    const dialog = ada.dialog('Ajouter 1 contact à un groupe');
    await dialog.getByRole('button', { name: /Le bureau/u }).waitFor();
    await expectAccessible(ada.page, 'the choice of a group');
    await dialog.getByRole('button', { name: 'Ajouter', exact: true }).click();
    await ada.message(expected).waitFor();
  }
  assert.deepEqual(await membersOf('Le bureau'), ['urn:x:Anne', 'urn:x:Bruno', 'urn:x:Denis']);
});

test('people of the directory and bare addresses join by typing; all say where they come from', async () => {
  const { page } = desk.ada;
  await desk.ada.contact('Le bureau').click();
  const field = page.getByRole('combobox', { name: 'Ajouter un membre' });
  await field.pressSequentially('ben dém');
  const option = page.getByRole('option').filter({ hasText: 'Annuaire' }).first();
  await option.waitFor();
  await expectAccessible(page, 'members that are offered');
  await option.click();
  await page.getByRole('region', { name: '4 membres' }).getByText('Annuaire').first().waitFor();
  await field.fill('quelqu.un@ailleurs.example');
  await field.press('Enter');
  const section = page.getByRole('region', { name: '5 membres' });
  await section.getByText('quelqu.un@ailleurs.example').waitFor();
  await until('three say their folder', async () => (await section.getByText('Fiches').count()) === 3);
  await expectAccessible(page, 'a group with members from everywhere');
  const keys = await membersOf('Le bureau');
  assert.ok(keys.includes('mailto:quelqu.un@ailleurs.example'), keys.join());
  await page.getByRole('button', { name: 'Retirer quelqu.un@ailleurs.example du groupe' }).click();
  await page.getByRole('region', { name: '4 membres' }).waitFor();
  await desk.ada.undo('Retiré de « Le bureau »', 'Annuler');
  await section.waitFor();
});

test('who cannot be read is shown as such, and kept when the group is renamed', async () => {
  const { page } = desk.ada;
  const { id } = await group('Le bureau');
  await desk.program.update('ContactCard', String(id), { 'members/urn:x:nowhere': true });
  await page.getByRole('region', { name: '6 membres' }).getByText('Fiche que vous ne pouvez pas lire').waitFor();
  await page.getByRole('button', { name: 'Modifier', exact: true }).click();
  const form = page.getByRole('form', { name: 'Modifier groupe' });
  await form.getByLabel('Nom du groupe').fill('Le grand bureau');
  await expectAccessible(page, 'the form of a group');
  await save(form);
  await page.getByRole('heading', { name: 'Le grand bureau' }).waitFor();
  const keys = await membersOf('Le grand bureau');
  assert.equal(keys.length, 6);
  assert.ok(keys.includes('urn:x:nowhere'));
});

test('a group is written to: everybody in it, in groups in it, and each once', async () => {
  const { ada } = desk;
  // As Apple’s programs name a member whose uid is no URI.
  await desk.makeCard({
    uid: 'plain-uid',
    name: named('Eva', 'Epsilon'),
    emails: { e1: { address: 'eva@exemple.example' } },
  });
  await desk.makeCard({
    kind: 'group',
    uid: 'urn:x:all',
    name: { full: 'Tout le monde' },
    members: {
      [String((await group('Le grand bureau'))['uid'])]: true,
      'urn:x:Carole': true,
      'urn:x:Anne': true,
      'urn:x:all': true,
      'urn:uuid:plain-uid': true,
    },
  });
  await ada.contact('Tout le monde').click();
  const opened = ada.page.evaluate<string>(`new Promise((resolve) => {
    navigation.addEventListener('navigate', (event) => {
      if (!event.destination.url.startsWith('mailto:')) return;
      resolve(event.destination.url);
    });
  })`);
  await ada.page.getByRole('button', { name: 'Écrire au groupe' }).click();
  const addresses = decodeURIComponent((await opened).slice('mailto:'.length))
    .split(',')
    .toSorted();
  assert.deepEqual(addresses, [
    'anne@exemple.example',
    'ben@demo.example',
    'bruno@exemple.example',
    'carole@exemple.example',
    'denis@exemple.example',
    'eva@exemple.example',
    'quelqu.un@ailleurs.example',
  ]);
});

test('a group of many is written to in several mails', async () => {
  const { ada } = desk;
  const members = Object.fromEntries(
    Array.from({ length: 120 }, (_, n) => [`mailto:personne.numero.${n}@ailleurs.example`, true]),
  );
  await desk.makeCard({ kind: 'group', name: { full: 'La foule' }, members });
  await ada.contact('La foule').click();
  await ada.page.getByRole('button', { name: 'Afficher les 120 membres' }).waitFor();
  await ada.page.getByRole('button', { name: 'Écrire au groupe' }).click();
  await ada.page.getByRole('dialog').getByText(/120/u).first().waitFor();
  await expectAccessible(ada.page, 'several mails');
  await ada.page.keyboard.press('Escape');
});

test('an empty group is made from the list, deleted, and taken back', async () => {
  const { ada } = desk;
  await ada.button('Autre chose de nouveau').click();
  await ada.menuEntry('Nouveau groupe').click();
  const dialog = ada.dialog('Nouveau groupe');
  await dialog.getByLabel('Nom du groupe').fill('Vide');
  await dialog.getByLabel('Nom du groupe').press('Enter');
  await ada.page.getByRole('region', { name: 'Aucun membre' }).waitFor();
  // They lie over the last lines of a list in a low window.
  await closeMessages(ada);
  await ada.chooseForContact('Vide', 'Supprimer');
  await ada.undo('1 contact transféré dans la Corbeille', 'Annuler');
  await ada.contact('Vide').waitFor();
});

test('on a phone a group fits, its members can be added and taken out', async () => {
  const { page } = desk.ada;
  await page.setViewportSize({ width: 320, height: 640 });
  const { id } = await group('Le grand bureau');
  await page.goto(`${desk.stage.url}/folders/${desk.program.own}/${desk.bookId}/${String(id)}`);
  await page.getByRole('combobox', { name: 'Ajouter un membre' }).waitFor();
  await page.getByText('quelqu.un@ailleurs.example').waitFor();
  await expectNoSidewaysScroll(page, 'a group on a phone');
  await expectAccessible(page, 'a group on a phone');
  await page.setViewportSize({ width: 1280, height: 800 });
});
