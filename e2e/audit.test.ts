/** « Journal d'audit »: an administrator finds who did what, and takes it away as a file. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, test } from 'node:test';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import type { Screen } from './kit/screen.ts';
import { takePicture } from './kit/screenshot.ts';
import { type Stage, startStage } from './kit/stage.ts';

let stage: Stage;
let ada: Screen;

before(async () => {
  stage = await startStage();
  const ben = await stage.enter('Ben Démo');
  await ben.page.context().close();
  ada = await stage.enter('Ada Démo');
});
after(() => stage.stop());
afterEach(() => stage.expectNoProblems());

const records = () => ada.page.getByRole('region', { name: 'Enregistrements, du plus récent au plus ancien' });
const record = (text: string) => records().getByRole('listitem').filter({ hasText: text });
const search = () => ada.page.getByRole('searchbox', { name: 'Rechercher un nom, un dossier ou une adresse' });

async function open(): Promise<void> {
  await ada.page.goto(`${stage.url}/administration/audit`);
  await record('Connexion de Ada Démo').first().waitFor();
}

test('an administrator finds by words, by topic and by person, and reads all that is known of a record', async () => {
  await open();
  await takePicture(ada.page, 'audit');
  await search().fill('ben dem');
  await record('Connexion de Ben Démo').waitFor();
  await record('Connexion de Ada Démo').first().waitFor({ state: 'detached' });
  await ada.page.getByRole('button', { name: /^Tout Sujet$|^Sujet/u }).click();
  await ada.page.getByRole('option', { name: 'Connexions' }).click();
  await records().getByText('1 enregistrement', { exact: true }).waitFor();
  await record('Connexion de Ben Démo').locator('summary').press('Enter');
  await records().getByText('signIn.succeeded').waitFor();
  await records().getByText('127.0.0.1', { exact: true }).waitFor();
  await ada.button('Effacer les filtres').click();
  await record('Connexion de Ada Démo').first().locator('summary').click();
  await records().getByRole('button', { name: 'Seulement ce qui concerne Ada Démo' }).click();
  await ada.button('Concernant Ada Démo').waitFor();
  await record('Connexion de Ben Démo').waitFor({ state: 'detached' });
  await record('Ada Démo a consulté le journal d’audit').first().waitFor();
});

test('a period without anything says so, and how to go on', async () => {
  await open();
  await ada.page.getByLabel('Jusqu’au').fill('2020-01-01');
  await ada.page.getByRole('heading', { name: 'Rien ne correspond' }).waitFor();
  await ada.button('Effacer la date').click();
  await record('Connexion de Ada Démo').first().waitFor();
});

test('what the filters let through goes out as a file, and that is recorded', async () => {
  await open();
  await search().fill('ben dem');
  await record('Connexion de Ada Démo').first().waitFor({ state: 'detached' });
  const [download] = await Promise.all([ada.page.waitForEvent('download'), ada.button('Exporter (CSV)').click()]);
  assert.equal(download.suggestedFilename(), 'audit.csv');
  const text = await readFile(await download.path(), 'utf8');
  assert.match(text, /^\ufeffid;at;severity;/u);
  assert.match(text, /Connexion de Ben Démo/u);
  assert.ok(!text.includes('Connexion de Ada Démo'));
  await ada.button('Effacer les filtres').click();
  await record('Ada Démo a exporté le journal d’audit').waitFor();
});

test('older records come on request, and none of them twice', async () => {
  await open();
  const first = await records().getByRole('listitem').count();
  await ada.button('Afficher plus').click();
  await records().getByRole('listitem').nth(first).waitFor();
  const times = await records()
    .locator('time')
    .evaluateAll((all) => all.map((one) => one.getAttribute('datetime')!));
  assert.deepEqual(times, times.toSorted().toReversed());
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`on a phone of 320 pixels nothing is cut off, and axe finds nothing wrong, in ${colorScheme}`, async () => {
    const phone = await stage.enter('Ada Démo', {
      viewport: { width: 320, height: 700 },
      hasTouch: true,
      isMobile: true,
      colorScheme,
    });
    await phone.page.goto(`${stage.url}/administration/audit`);
    const shown = phone.page.getByRole('listitem').filter({ hasText: 'Connexion de Ada Démo' }).first();
    await shown.locator('summary').click();
    await phone.page.getByText('signIn.succeeded').waitFor();
    await expectNoSidewaysScroll(phone.page, 'the audit log on a phone');
    await expectAccessible(phone.page, `the audit log, ${colorScheme}`);
    await phone.page.context().close();
  });
