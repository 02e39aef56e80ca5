/** « Nothing is lost »: what a card was, what happened in a folder, and the way back. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { card, folder, shareAccepted, update, upload } from '../test/kit/calls.ts';
import { withDe } from '../src/format/french.ts';
import { createClient } from '../test/kit/person.ts';
import type { Person } from '../test/kit/person.ts';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { choose, type Screen, until } from './kit/screen.ts';
import { closeMessages, takePicture } from './kit/screenshot.ts';
import { type Stage, startStage } from './kit/stage.ts';

const activityOf = 'Activité de «\u202fÉquipe\u202f»';
const names = ['Aline', 'Bruno', 'Chantal', 'Denis', 'Élise', 'Farid'];

let stage: Stage;
let ada: Screen;
let ben: Screen;
let adaProgram: Person;
let benProgram: Person;
let bookId = '';
let ids: string[] = [];

before(async () => {
  stage = await startStage();
  [adaProgram, benProgram] = [await signedIn('ada'), await signedIn('ben')];
  bookId = await folder(adaProgram, 'Équipe');
  ids = [];
  for (const name of names) ids.push(await card(adaProgram, bookId, name));
  await shareAccepted(adaProgram, bookId, benProgram, 'manager');
  [ada, ben] = await Promise.all([stage.enter('Ada Démo'), stage.enter('Ben Démo')]);
});
after(() => stage.stop());
afterEach(() => stage.expectNoProblems());

/** Somebody of the demonstration, by the interface for programs. */
async function signedIn(name: string): Promise<Person> {
  const facts = { id: '', name, email: `${name}@demo.example`, password: 'demo' };
  const known = createClient(stage.url, facts);
  await known.signIn();
  const session = (await (await known.get('/jmap/session')).json()) as { primaryAccounts: Record<string, string> };
  const person = createClient(stage.url, { ...facts, id: Object.values(session.primaryAccounts)[0]! });
  await person.signIn();
  return person;
}

async function openActivity(screen: Screen) {
  await screen.chooseForFolder('Équipe', 'Activité');
  return screen.dialog(activityOf);
}

async function openHistory(screen: Screen, name: string) {
  await screen.contact(name).click();
  await screen.page.getByRole('heading', { name, exact: true }).waitFor();
  await screen.button('Autres actions').last().click();
  await screen.menuEntry('Historique').click();
  return screen.dialog(`Historique ${withDe(name)}`);
}

const close = (dialog: ReturnType<Screen['dialog']>) =>
  dialog.getByRole('button', { name: 'Fermer', exact: true }).last().click();

test('A manager deletes everything in a shared folder, and its owner repairs it in three clicks', async () => {
  await ben.openFolder('Équipe de Ada Démo');
  await ben.contact('Aline').waitFor();
  await ben.tick('Aline').click();
  await ben.page.keyboard.press('Control+a');
  await ben.page.getByText('6 contacts sélectionnés').first().waitFor();
  await ben.page.keyboard.press('Delete');
  await ben.contact('Aline').waitFor({ state: 'detached' });

  await ada.openFolder('Équipe');
  await ada.page.getByText('Ce dossier est vide').waitFor();
  const deletion = 'Ben Démo a supprimé 6 contacts';
  const dialog = ada.dialog(activityOf);
  await ada.arrow('Équipe').click(); // one
  await ada.menuEntry('Activité').click(); // two
  await dialog.getByText(deletion).waitFor();
  await expectAccessible(ada.page, 'the activity of a folder');
  await takePicture(ada.page, 'activity');
  await dialog.getByRole('button', { name: `Annuler ces changements\u202f: ${deletion}` }).click(); // three
  await ada.message('6 contacts rétablis').waitFor();
  await dialog.getByText('Vous avez rétabli 6 contacts').waitFor();
  await close(dialog);
  for (const name of names) await ada.contact(name).waitFor();
  await ben.contact('Farid').waitFor();
  await closeMessages(ada);
});

test('The history of a card shows who changed what, and an earlier version comes back', async () => {
  const where = { accountId: adaProgram.id };
  const id = ids[0]!;
  await update(benProgram, 'ContactCard', id, { phones: { p: { number: '+33 1 23 45' } } }, where);
  await update(benProgram, 'ContactCard', id, { 'phones/p/number': '+33 6 78 90' }, where);
  await update(adaProgram, 'ContactCard', id, { notes: { n: { note: 'Aime le thé' } } });
  const dialog = await openHistory(ada, 'Aline');
  const entries = dialog.getByRole('listitem');
  await entries.filter({ hasText: 'Vous avez modifié la fiche' }).first().getByText('Aime le thé').waitFor();
  const second = entries.filter({ hasText: 'Ben Démo a modifié la fiche' }).first();
  await second.getByText('+33 1 23 45').waitFor();
  await second.getByText('+33 6 78 90').waitFor();
  await expectAccessible(ada.page, 'the history of a card');
  await takePicture(ada.page, 'history');
  const first = entries.filter({ hasText: 'Ben Démo a modifié la fiche' }).nth(1);
  await first.getByRole('button', { name: /^Restaurer cette version du/u }).click();
  await ada.message('La version est restaurée.').waitFor();
  await entries.filter({ hasText: 'par un retour en arrière' }).first().getByText('+33 1 23 45').waitFor();
  await close(dialog);
  const details = ada.page.getByRole('region', { name: 'Fiche du contact' });
  await details.getByText('+33 1 23 45').waitFor();
  assert.equal(await details.getByText('Aime le thé').count(), 0);
  await ada.undo('La version est restaurée.', 'Annuler');
  await details.getByText('Aime le thé').waitFor();
});

test('An old photo is seen beside the new one, and comes back', async () => {
  const id = ids[1]!;
  const [red, blue] = [await picture('red'), await picture('blue')];
  const media = async (data: Buffer) => {
    const blobId = await upload(adaProgram, data, 'image/png');
    return { media: { photo: { kind: 'photo', blobId, mediaType: 'image/png' } } };
  };
  await update(adaProgram, 'ContactCard', id, await media(red));
  await update(adaProgram, 'ContactCard', id, await media(blue));
  const dialog = await openHistory(ada, 'Bruno');
  const newest = dialog.getByRole('listitem').first();
  const shown = async (label: string) => {
    const image = newest.getByRole('img', { name: label });
    await until('the photo shows', () =>
      image.evaluate((one) => (one as unknown as { naturalWidth: number }).naturalWidth > 0),
    );
    return blobOf(await image.getAttribute('src'));
  };
  const [old, now] = [await shown('Ancienne photo'), await shown('Nouvelle photo')];
  assert.notEqual(old, now);
  await dialog
    .getByRole('listitem')
    .nth(1)
    .getByRole('button', { name: /^Restaurer/u })
    .click();
  await ada.message('La version est restaurée.').waitFor();
  await close(dialog);
  const details = ada.page.getByRole('region', { name: 'Fiche du contact' });
  await until(
    'the card has the old photo',
    async () => blobOf(await details.locator('img').first().getAttribute('src')) === old,
  );
  await closeMessages(ada);
});

test('What one person did is found, previewed by counts and names, taken out, and put back', async () => {
  const where = { accountId: adaProgram.id };
  await update(benProgram, 'ContactCard', ids[2]!, { 'name/full': 'Chantal bis' }, where);
  await card(benProgram, bookId, 'Intrus', where);
  await ada.contact('Intrus').waitFor();
  const dialog = await openActivity(ada);
  await choose(dialog, 'Personne', 'Ben Démo');
  await dialog.getByText('Vous avez rétabli').waitFor({ state: 'detached' });
  const entry = dialog.getByRole('listitem').filter({ hasText: 'Ben Démo a créé 1 contact' });
  await entry.getByText('Intrus').waitFor();
  await dialog.getByRole('button', { name: 'Annuler ce qu’a fait Ben Démo…' }).click();
  await ada.menuEntry('Depuis une heure').click();
  const preview = ada.page.getByRole('dialog', { name: /^Annuler ce que Ben Démo a fait depuis/u });
  await preview.getByText('1 contact va à la corbeille').waitFor();
  const concerned = preview.getByRole('group', { name: 'Contacts concernés' });
  await concerned.getByText('Intrus').waitFor();
  await concerned.getByText('Chantal').first().waitFor();
  await expectAccessible(ada.page, 'the preview');
  await preview.getByRole('button', { name: 'Annuler ces changements' }).click();
  await preview.waitFor({ state: 'detached' });
  await ada.contact('Intrus').waitFor({ state: 'detached' });
  await ada.contact('Chantal').waitFor();
  await ada.undo('1 contact mis à la corbeille', 'Annuler');
  await ada.contact('Intrus').waitFor();
  await ada.contact('Chantal bis').waitFor();
});

test('On a small phone, in the dark and by keyboard it is all there', async () => {
  const phone = await stage.enter('Ada Démo', {
    viewport: { width: 320, height: 640 },
    deviceScaleFactor: 2,
    colorScheme: 'dark',
  });
  await phone.page.goto(`${stage.url}/folders/${adaProgram.id}/${bookId}/${ids[0]!}`);
  await phone.page.getByRole('heading', { name: 'Aline', exact: true }).waitFor();
  await phone.button('Autres actions').last().click();
  await phone.menuEntry('Historique').click();
  await phone.dialog('Historique d’Aline').getByText('+33 6 78 90').first().waitFor();
  await expectNoSidewaysScroll(phone.page, 'the history on a phone');
  await expectAccessible(phone.page, 'the history on a phone, dark');
  await phone.page.keyboard.press('Escape');
  await phone.dialog('Historique d’Aline').waitFor({ state: 'detached' });
  await phone.page.getByRole('heading', { name: 'Aline', exact: true }).focus();
  await phone.page.keyboard.press('h');
  await phone.dialog('Historique d’Aline').waitFor();
  await phone.page.keyboard.press('Escape');
  await phone.dialog('Historique d’Aline').waitFor({ state: 'detached' });
  await phone.page.goto(stage.url);
  await phone.arrow('Équipe').click();
  await phone.menuEntry('Activité').click();
  await phone.dialog(activityOf).getByText('Ben Démo a supprimé 6 contacts').waitFor();
  await expectNoSidewaysScroll(phone.page, 'the activity on a phone');
  await expectAccessible(phone.page, 'the activity on a phone, dark');
});

test('The owner erases what a card was', async () => {
  const dialog = await openHistory(ada, 'Denis');
  await dialog.getByRole('button', { name: 'Effacer l’historique de cette fiche…' }).click();
  const question = ada.page.getByRole('alertdialog', { name: 'Historique de Denis' });
  await question.getByRole('button', { name: 'Effacer l’historique' }).click();
  await dialog.getByText('Aucun changement enregistré').waitFor();
  await close(dialog);
});

/** The photo that an address leads to, in whatever size. */
function blobOf(url: string | null): string | undefined {
  return url?.split('/').find((part) => /^B[\w-]{43}$/u.test(part));
}

/** A picture of one colour, drawn by the browser. */
async function picture(color: string): Promise<Buffer> {
  const url = await ada.page.evaluate<string>(`(() => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 64;
    const context = canvas.getContext('2d');
    context.fillStyle = '${color}';
    context.fillRect(0, 0, 64, 64);
    return canvas.toDataURL('image/png');
  })()`);
  return Buffer.from(url.split(',')[1]!, 'base64');
}
