import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { create, folder, get, share, update } from '../test/kit/calls.ts';
import { startBrowser } from './kit/browser.ts';
import { startMailSite } from './kit/mailSite.ts';
import type { MailSite } from './kit/mailSite.ts';
import { until } from './kit/screen.ts';
import { takePicture } from './kit/screenshot.ts';
import { openPage } from './kit/stage.ts';

let site: MailSite;
let browser: Browser;
before(async () => {
  [browser, site] = await Promise.all([startBrowser(), startMailSite()]);
});
after(async () => {
  await browser.close();
  await site.stop();
});

/** The newest of so many mails in somebody's mailbox, as a webmail shows it to them: signed in here, in another tab. */
async function openMail(name: string, count: number, options: BrowserContextOptions = {}): Promise<Page> {
  const person = site.person(name);
  const mails = await site.dovecot.mailsOf(person.email, count);
  const page = await openPage(browser, options);
  const cookies = person.cookie.split('; ').map((cookie) => {
    const [cookieName, ...value] = cookie.split('=');
    return { name: cookieName!, value: value.join('='), url: site.url };
  });
  await page.context().addCookies(cookies);
  await page.setContent(String(mails.at(-1)!.html));
  return page;
}

async function statusOf(name: string, bookId: string): Promise<unknown> {
  return (await get(site.person(name), 'ShareInvitation', bookId))?.['status'];
}

test('a share arrives in the mailbox, and the button in the mail accepts it', async () => {
  const [ada, ben] = [site.person('Ada'), site.person('Ben')];
  const bookId = await folder(ada, 'Salon de l’orientation');
  await share(ada, bookId, ben, 'manager');
  const page = await openMail('Ben', 1);
  await page.getByText('Gestionnaire').waitFor();
  await page.getByText('Afficher, Modifier, Ajouter, Supprimer').waitFor();
  await page.getByRole('link', { name: 'Accepter le partage' }).click();
  await page.getByRole('heading', { name: /Ada Démo a décidé de partager son dossier/u }).waitFor();
  assert.equal(await statusOf('Ben', bookId), 'waiting', 'opening the link has answered nothing');
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Accepter/u })
    .click();
  await page.waitForURL(/\/folders\//u);
  assert.equal(await statusOf('Ben', bookId), 'accepted');
});

test('the other button declines it', async () => {
  const [ada, chloe] = [site.person('Ada'), site.person('Chloe')];
  const bookId = await folder(ada, 'Presse');
  await share(ada, bookId, chloe, 'viewer');
  const page = await openMail('Chloe', 1);
  await page.getByRole('link', { name: 'Refuser le partage' }).click();
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Refuser/u })
    .first()
    .click();
  await until('it is declined', async () => (await statusOf('Chloe', bookId)) === 'declined');
});

test('the mail is readable on a phone and a desktop, in light and dark, without anything from elsewhere', async () => {
  const [ada, ben] = [site.person('Ada'), site.person('Ben')];
  const bookId = await folder(ada, 'Associations <étudiantes> & clubs');
  const note = 'Bonjour Ben,\n\nvoici le <b>dossier</b> dont nous avons parlé.\nAda';
  const value = { addressBookId: bookId, principalId: ben.id, role: 'viewer' };
  await ada.call('Share/set', { create: { new: value }, mail: { message: 'note', note } });
  const shareId = (await ada.call('Share/query', { filter: { addressBookId: bookId } }))['ids']![0]!;
  await site.dovecot.mailsOf(ben.email, 2);
  await update(ada, 'Share', shareId, { role: 'admin' }, { mail: { message: 'note', note } });
  for (const [name, width] of [
    ['phone', 390],
    ['desktop', 1280],
  ] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await openMail('Ben', 3, { viewport: { width, height: 900 }, colorScheme });
      const foreign: string[] = [];
      page.on('request', (request) => foreign.push(request.url()));
      await page.getByText('[MODIFIÉ]').first().waitFor();
      await page.getByText('Associations <étudiantes> & clubs').first().waitFor();
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      assert.equal(overflow, 0, `${name} scrolls sideways`);
      const box = await page.getByRole('link', { name: 'Accepter le partage' }).boundingBox();
      assert.ok(box!.height >= 40, 'a finger can hit it');
      assert.deepEqual(foreign, []);
      await takePicture(page, `mail-${name}-${colorScheme}`);
      await page.context().close();
    }
  }
});

test('the link at the end of the mail asks, and a click ends mails of this kind', async () => {
  const ben = site.person('Ben');
  const page = await openMail('Ben', 3);
  await page.getByRole('link', { name: 'Ne plus recevoir ce genre de mail' }).click();
  await page.getByRole('button', { name: 'Ne plus recevoir ces mails' }).click();
  await page.getByRole('heading', { name: 'Vous ne recevrez plus ces mails' }).waitFor();
  const [chosen] = (await ben.call('Preferences/get', { ids: null }))['list']!;
  assert.equal(chosen!['mails']!['modified'], false);
  await page.getByRole('button', { name: 'Les recevoir de nouveau' }).click();
  await page.getByRole('heading', { name: 'Vous recevrez de nouveau ces mails' }).waitFor();
});

test('in the Preferences each kind of mail is a box, which holds at once and for the mails that come', async () => {
  const ben = site.person('Ben');
  const page = await openMail('Ben', 3);
  await page.goto(`${site.url}/preferences/mails`);
  const box = page.getByRole('checkbox', { name: 'un partage qui vous concerne prend fin' });
  assert.equal(await box.isChecked(), true);
  await page.getByText('un partage qui vous concerne prend fin').click();
  const wanted = async () => (await ben.call('Preferences/get', { ids: null }))['list']![0]!['mails']!['ended'];
  await until('it is kept', async () => Number(await wanted()) === 0);
  assert.equal(await box.isChecked(), false);
  await takePicture(page, 'mail-preferences');
});

test('an answer comes back to the owner’s mailbox', async () => {
  const [ada, ben] = [site.person('Ada'), site.person('Ben')];
  const bookId = await create(ada, 'AddressBook', { name: 'Réponses' });
  await share(ada, bookId, ben, 'viewer');
  await ben.call('ShareInvitation/set', {
    update: { [bookId]: { status: 'accepted' } },
    mail: { message: 'note', note: 'Merci' },
  });
  const mail = (await site.dovecot.mailsOf(ada.email, 2)).at(-1);
  assert.equal(mail!.subject?.replace(/\s/gu, ' '), 'Partage accepté : Réponses partagé par Ada Démo');
  assert.equal(mail!.replyTo?.value[0]?.address, ben.email);
  assert.match(mail!.text!, /> Merci/u);
});
