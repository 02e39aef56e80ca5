/** Preferences › Personnes contactées: collecting is stopped, the folder emptied and given back, an address forgotten. */
import { after, afterEach, before, test } from 'node:test';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import type { Screen } from './kit/screen.ts';
import { takePicture } from './kit/screenshot.ts';
import { type Stage, startStage } from './kit/stage.ts';

let stage: Stage;
let ada: Screen;

before(async () => {
  stage = await startStage();
  ada = await stage.enter('Ada Démo');
});
after(() => stage.stop());
afterEach(() => stage.expectNoProblems());

async function open({ page }: Screen): Promise<void> {
  await page.goto(`${stage.url}/preferences/collecting`);
  await page.getByRole('heading', { level: 2, name: 'Personnes contactées' }).waitFor();
}

test('Whoever does not want it stops it, and it stays so', async () => {
  await open(ada);
  const box = ada.page.getByRole('checkbox', { name: 'Réunir les personnes à qui j’écris' });
  const saved = ada.page.waitForResponse((reply) => reply.request().postData()?.includes('Preferences/set') === true);
  await box.locator('xpath=ancestor::label').click();
  await saved;
  await ada.page.reload();
  await ada.page.getByRole('checkbox', { name: 'Réunir les personnes à qui j’écris', checked: false }).waitFor();
});

test('The folder is emptied, and « Annuler » gives it back', async () => {
  await open(ada);
  const full = ada.page.getByRole('button', { name: /^Vider le dossier \(\d+ contacts\)$/u });
  const name = (await full.textContent())!.trim();
  await full.click();
  await ada.page.getByRole('button', { name: 'Vider le dossier (aucun contact)' }).waitFor();
  await ada.undo('corbeille', 'Annuler');
  await ada.page.getByRole('button', { name }).waitFor();
});

test('An address is forgotten and remembered again; what is no address is refused with words', async () => {
  await open(ada);
  const section = ada.page.getByRole('region', { name: 'Adresses à ne jamais réunir' });
  const field = section.getByRole('textbox', { name: 'Oublier une adresse' });
  await field.fill('personne');
  await section.getByRole('button', { name: 'Oublier', exact: true }).click();
  await section.getByText('Ceci n’est pas une adresse mail complète.').waitFor();
  await field.fill('Hugo@elsewhere.example');
  await ada.page.keyboard.press('Enter');
  await section.getByText('hugo@elsewhere.example').waitFor();
  await section.getByRole('button', { name: 'Ne plus oublier hugo@elsewhere.example' }).click();
  await section.getByText('hugo@elsewhere.example').waitFor({ state: 'detached' });
});

test('A mailbox that cannot be reached is told before anything is kept', async () => {
  await open(ada);
  const section = ada.page.getByRole('region', { name: 'Ma messagerie est ailleurs' });
  await section.getByRole('button', { name: 'Essayer' }).click();
  await section.getByText('Indiquez le serveur, l’identifiant et le mot de passe.').waitFor();
  await section.getByRole('textbox', { name: 'Serveur IMAP' }).fill('127.0.0.1');
  await section.getByLabel('Mot de passe d’application').fill('secret');
  await section.getByRole('button', { name: 'Essayer' }).click();
  await section.getByText('Ce serveur n’est pas de ceux que Coterie peut lire').waitFor();
});

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [1280, 390])
    test(`axe finds nothing wrong, ${colorScheme}, ${width} pixels wide`, async () => {
      const ben = await stage.enter('Ben Démo', { colorScheme, viewport: { width, height: 900 } });
      await open(ben);
      await expectAccessible(ben.page, 'collecting');
      await expectNoSidewaysScroll(ben.page, 'collecting');
      await takePicture(ben.page, `collecting-${colorScheme}-${width}`);
      await ben.page.context().close();
    });
