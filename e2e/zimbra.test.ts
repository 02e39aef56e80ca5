/** Moving in from Zimbra in a browser: by account and by file, looked at first, taken back. */
import { after, afterEach, before, test } from 'node:test';
import { exportAccount } from '../test/kit/zimbra/account.ts';
import { mailbox, withGrants } from '../test/kit/zimbra/moving.ts';
import { startZimbra, type ZimbraStandIn } from '../test/kit/zimbra/server.ts';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { takePicture } from './kit/screenshot.ts';
import { type Stage, startStage } from './kit/stage.ts';

let zimbra: ZimbraStandIn;
let stage: Stage;

before(async () => {
  const shared = withGrants([
    { type: 'usr', granteeId: 'z1', email: 'ben@demo.example', rights: 'rwidx' },
    { type: 'usr', granteeId: 'z2', email: 'gone@demo.example', rights: 'r' },
  ]);
  zimbra = await startZimbra({ 'ada@demo.example': { password: 'secret', mailbox: shared } });
  stage = await startStage({}, { COTERIE_ZIMBRA_URL: zimbra.url });
});
after(async () => {
  await stage.stop();
  await zimbra[Symbol.asyncDispose]();
});
afterEach(() => stage.expectNoProblems());

test('with one’s account: a wrong password is told, what would come is shown, it comes, and is taken back', async () => {
  const ada = await stage.enter('Ada Démo');
  const { page } = ada;
  await page.goto(`${stage.url}/preferences/zimbra`);
  await page.getByRole('heading', { name: 'Reprendre mes contacts de Zimbra' }).waitFor();
  await page.getByRole('button', { name: 'Chercher mes contacts' }).waitFor();
  await expectAccessible(page, 'moving in: where from');
  await takePicture(page, 'zimbra');
  await page.getByLabel('Identifiant Zimbra').fill('ada@demo.example');
  await page.getByLabel('Mot de passe').fill('wrong');
  await page.getByRole('button', { name: 'Chercher mes contacts' }).click();
  await page.getByText('Zimbra refuse cet identifiant ou ce mot de passe.').waitFor();
  await page.getByLabel('Mot de passe').fill('secret');
  await page.getByRole('button', { name: 'Chercher mes contacts' }).press('Enter');
  await page.getByRole('heading', { name: 'Ce qui viendra' }).waitFor();
  await page.getByText('3 contacts · 1 groupe · 1 photo · 1 étiquette').waitFor();
  await page.getByRole('listitem').filter({ hasText: 'Partenaires' }).first().getByText('1 contact').waitFor();
  await page
    .getByRole('listitem')
    .filter({ hasText: 'gone@demo.example' })
    .getByText('personne n’a cette adresse ici')
    .waitFor();
  await page.getByRole('radio', { name: 'Les recréer sans mail' }).click({ force: true });
  await expectAccessible(page, 'moving in: what would come');
  await takePicture(page, 'zimbra-preview');
  await page.getByRole('button', { name: 'Reprendre mes contacts' }).click();
  await page.getByText('4 contacts ajoutés').waitFor();
  await page.getByText('3 remarques').click();
  await page.getByText('Ce partage n’a pas été recréé', { exact: false }).waitFor();
  await expectAccessible(page, 'moving in: the result');
  await takePicture(page, 'zimbra-result');
  await page.getByRole('link', { name: 'Voir mes contacts' }).click();
  await ada.folder('Presse').waitFor();
  await page.goto(`${stage.url}/preferences/zimbra`);
  await page.getByLabel('Mot de passe').fill('secret');
  await page.getByLabel('Identifiant Zimbra').fill('ada@demo.example');
  await page.getByRole('button', { name: 'Chercher mes contacts' }).click();
  await page.getByText('4 déjà ici').waitFor();
  await page.context().close();
});

test('with the file of an export, on a phone: it is taken back again', async () => {
  const phone = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true, colorScheme: 'dark' } as const;
  const ben = await stage.enter('Ben Démo', phone);
  const { page } = ben;
  await page.goto(`${stage.url}/preferences/zimbra`);
  await page.getByRole('button', { name: 'Choisir le fichier…' }).waitFor();
  const choose = async (name: string, buffer: Buffer) => {
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choisir le fichier…' }).click();
    await (await choosing).setFiles({ name, mimeType: 'application/gzip', buffer });
  };
  const archive = Buffer.from(exportAccount(mailbox));
  await choose('coupé.tgz', archive.subarray(0, archive.length - 30));
  await page.getByText('Le fichier est abîmé ou incomplet.', { exact: false }).waitFor();
  await choose('compte.tgz', archive);
  await page.getByText('4 nouveaux').waitFor();
  await expectNoSidewaysScroll(page, 'moving in on a phone');
  await expectAccessible(page, 'moving in on a phone');
  await takePicture(page, 'phone-zimbra');
  await page.getByText('Reprendre aussi la corbeille').click();
  await page.getByText('5 nouveaux').waitFor();
  await page.getByRole('button', { name: 'Reprendre mes contacts' }).click();
  await page.getByText('5 contacts ajoutés').waitFor();
  await page.getByRole('button', { name: 'Annuler l’import' }).click();
  await page.getByText('Import annulé', { exact: false }).waitFor();
  await expectNoSidewaysScroll(page, 'moving in, undone, on a phone');
  await page.context().close();
});
