/** What is typed is not lost: not with the tab, not when somebody else changes the same contact. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { expectAccessible } from './kit/accessibility.ts';
import { type Desk, isFocused, named, openDesk, save, values } from './kit/desk.ts';
import type { Answer } from './kit/program.ts';
import { until } from './kit/screen.ts';

let desk: Desk;

before(async () => {
  desk = await openDesk();
});
after(() => desk.stage.stop());
afterEach(() => desk.stage.expectNoProblems());

/** Everything that the browser keeps for the app. */
function stored(page: Page): Promise<string> {
  return page.evaluate<string>('JSON.stringify(localStorage)');
}

test('what was typed survives the closed tab, is offered again, and goes with the sign-out', async () => {
  const id = await desk.makeCard({ name: named('Xavier', 'Exemple') });
  const { page } = desk.ada;
  const form = await desk.openForm(page, id);
  await form.getByLabel('Société', { exact: true }).fill('Port de Brest');
  await until('the draft is kept', async () => (await stored(page)).includes('Port de Brest'));
  const tab = await page.context().newPage();
  await page.close();
  desk = { ...desk, ada: { ...desk.ada, page: tab } };
  const again = await desk.openForm(tab, id);
  await again.getByText('Vous aviez commencé à modifier ce contact.').waitFor();
  assert.equal(await again.getByLabel('Société', { exact: true }).inputValue(), '');
  await expectAccessible(tab, 'an offered draft');
  await again.getByRole('button', { name: 'Reprendre votre brouillon' }).click();
  assert.equal(await again.getByLabel('Société', { exact: true }).inputValue(), 'Port de Brest');
  await save(again);
  assert.deepEqual(values((await desk.kept(id))['organizations']), [{ name: 'Port de Brest' }]);

  const third = await desk.openForm(tab, id);
  assert.equal(await third.getByText('Vous aviez commencé').count(), 0);
  await third.getByLabel('Fonction', { exact: true }).fill('Jetée');
  await until('the draft is kept', async () => (await stored(tab)).includes('Jetée'));
  await tab.reload();
  const fourth = await desk.openForm(tab, id);
  await fourth.getByRole('button', { name: 'L’abandonner' }).click();
  await fourth.getByText('Vous aviez commencé').waitFor({ state: 'detached' });
  await until('it is forgotten', async () => !(await stored(tab)).includes('Jetée'));
  await fourth.getByLabel('Fonction', { exact: true }).fill('Secret');
  await until('the draft is kept', async () => (await stored(tab)).includes('Secret'));
  await tab
    .getByRole('button', { name: /Ada Démo/u })
    .first()
    .click();
  await tab.getByRole('menuitem', { name: 'Se déconnecter' }).click();
  await tab.getByRole('tree').waitFor({ state: 'detached' });
  await tab.getByRole('button', { name: 'Ada Démo' }).waitFor();
  assert.ok(!(await stored(tab)).includes('Secret'));
  await tab.getByRole('button', { name: 'Ada Démo' }).click();
  await tab.getByRole('tree').waitFor();
});

test('fields that only somebody else changes follow while one types; both changes are saved', async () => {
  const id = await desk.makeCard({ name: named('Wanda', 'Exemple'), emails: { e1: { address: 'w@demo.example' } } });
  const form = await desk.openForm(desk.ada.page, id);
  await form.getByLabel('Société', { exact: true }).fill('Mairie');
  await desk.program.update('ContactCard', id, { 'emails/e1/address': 'wanda@demo.example' });
  await until(
    'the address has followed',
    async () => (await form.getByRole('textbox', { name: 'Adresse mail' }).inputValue()) === 'wanda@demo.example',
  );
  await form.getByText('Quelqu’un d’autre vient de modifier ce contact.', { exact: false }).waitFor();
  assert.equal(await form.getByLabel('Société', { exact: true }).inputValue(), 'Mairie');
  await save(form);
  const card = await desk.kept(id);
  assert.deepEqual(
    [card['emails'], values(card['organizations'])],
    [{ e1: { address: 'wanda@demo.example' } }, [{ name: 'Mairie' }]],
  );
});

test('the same field changed by two people: both values are shown, and the one that is chosen is saved', async () => {
  for (const [button, expected] of [
    [/^Prénom : garder la vôtre/u, 'Victor'],
    [/^Prénom : prendre l’autre/u, 'Vincent'],
  ] as const) {
    const id = await desk.makeCard({ name: named('Vic', 'Exemple') });
    const form = await desk.openForm(desk.ada.page, id);
    await form.getByLabel('Prénom', { exact: true }).fill('Victor');
    await form.getByLabel('Société', { exact: true }).fill('Mairie');
    await desk.program.update('ContactCard', id, { name: named('Vincent', 'Exemple') });
    await form.getByText('Quelqu’un d’autre a changé la même chose que vous.').waitFor();
    await expectAccessible(desk.ada.page, 'a conflict');
    await form.getByRole('button', { name: 'Enregistrer' }).click();
    await until('the choice has the focus', () => isFocused(form.getByRole('button', { name: /garder la vôtre/u })));
    await form.getByRole('button', { name: button }).click();
    await form.getByText('Quelqu’un d’autre a changé').waitFor({ state: 'detached' });
    assert.equal(await form.getByLabel('Prénom', { exact: true }).inputValue(), expected);
    await save(form);
    const { name, organizations } = (await desk.kept(id)) as { name: { components: Answer[] }; organizations: Answer };
    assert.deepEqual(
      name.components.map(({ value }) => value),
      [expected, 'Exemple'],
    );
    assert.deepEqual(values(organizations), [{ name: 'Mairie' }]);
  }
});
