/** The walkthrough of a French-speaking person from A to E, with the words that stand on the page. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { openNewestMail } from './kit/mailbox.ts';
import { choose, chooseRadio, createScreen, firstNames, listTitle, type Screen, until } from './kit/screen.ts';
import { closeMessages, takePicture } from './kit/screenshot.ts';
import { type Stage, startStage } from './kit/stage.ts';

const folder = 'Salon de l’orientation';
const folderAtBen = `${folder} de Ada Démo`;
const collected = 'Personnes contactées par mail';

let stage: Stage;
let ada: Screen;
let ben: Screen;
let moved: string[];

before(async () => {
  stage = await startStage();
  [ada, ben] = await Promise.all([stage.enter('Ada Démo'), stage.enter('Ben Démo')]);
  // A page that is loaded anew forgets this: everything below has to arrive by itself.
  for (const { page } of [ada, ben]) await page.evaluate('globalThis.wasHereFromTheStart = true');
});
after(() => stage.stop());
afterEach(() => stage.expectNoProblems());

test('A. Ada makes a folder below « Contacts »', async () => {
  await ada.page.getByRole('navigation').getByRole('link', { name: 'Contacts', exact: true }).click();
  await ada.page.getByRole('heading', { name: 'Liste des contacts' }).waitFor();
  await ada.arrow('Contacts').click();
  await takePicture(ada.page, 'a-new-folder');
  await ada.menuEntry('Nouveau dossier de contacts').click();
  const dialog = ada.dialog('Créer un dossier de contacts');
  await dialog.getByLabel('Nom', { exact: true }).fill(folder);
  await choose(dialog, 'Couleur', 'Vert');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await dialog.waitFor({ state: 'detached' });
  await ada.folder(folder).waitFor();
  assert.equal(await ada.folder(folder).getAttribute('aria-level'), '2');
  assert.equal(await ada.folder('Contacts').getAttribute('aria-expanded'), 'true');
  assert.equal(await ada.folder(folder).locator('[data-folder-color="green"]').count(), 1);
});

test('B. She ticks several collected contacts and moves them into it', async () => {
  await ada.openFolder('Contacts');
  await ada.openFolder(collected);
  const names = await firstNames(ada, 8);
  moved = [...names.slice(1, 5), ...names.slice(6, 7)];
  await ada.tick(names[6]!).click();
  await ada.tick(names[1]!).click();
  await ada.tick(names[4]!).click({ modifiers: ['Shift'] });
  await ada.page.getByText('5 contacts sélectionnés').first().waitFor();
  for (const name of names.slice(0, 8)) {
    assert.equal(await ada.contact(name).getAttribute('aria-selected'), String(moved.includes(name)), name);
  }
  await ada.contact(names[2]!).click({ button: 'right' });
  await takePicture(ada.page, 'b-move');
  await ada.menuEntry('Déplacer').click();
  const dialog = ada.dialog('Déplacer 5 contacts');
  await dialog.getByRole('option', { name: folder }).click();
  await dialog.getByRole('button', { name: 'OK' }).click();
  await ada.message(`5 contacts déplacés dans « ${folder} »`).waitFor();
  await until('the contacts have left the list', async () => (await ada.contact(moved[0]!).count()) === 0);
  await ada.openFolder(folder);
  for (const name of moved) await ada.contact(name).waitFor();
  await ada.folder(folder).getByText('5 contacts').waitFor();
});

test('« Annuler » after a move brings the contacts back to where they were', async () => {
  await ada.undo(`5 contacts déplacés dans « ${folder} »`, 'Annuler');
  await ada.page.getByText('Ce dossier est vide').waitFor();
  await ada.openFolder(collected);
  for (const name of moved) await ada.contact(name).waitFor();
  for (const name of moved) await ada.tick(name).click();
  await ada.chooseForContact(moved[0]!, 'Déplacer');
  const dialog = ada.dialog('Déplacer 5 contacts');
  await dialog.getByRole('option', { name: folder }).click();
  await dialog.getByRole('button', { name: 'OK' }).click();
  await ada.openFolder(folder);
  for (const name of moved) await ada.contact(name).waitFor();
});

test('« Annuler » after a deletion brings the contact back from the trash', async () => {
  const [name] = moved;
  await ada.chooseForContact(name!, 'Supprimer');
  await until('the contact has left the list', async () => (await ada.contact(name!).count()) === 0);
  await ada.folder('Corbeille').getByText('1 élément').waitFor();
  await ada.undo('1 contact transféré dans la Corbeille', 'Annuler');
  await ada.contact(name!).waitFor();
  await until('the trash is empty', async () => (await ada.folder('Corbeille').getByText('élément').count()) === 0);
});

test('C. She shares the folder with a colleague and a group, with a note', async () => {
  await closeMessages(ada);
  await ada.chooseForFolder(folder, 'Partager un dossier de contacts');
  const dialog = ada.dialog('Propriétés du partage');
  await chooseRadio(dialog, 'Partager avec', 'Utilisateurs et groupes internes');
  const addresses = dialog.getByRole('combobox', { name: 'Adresses mail' });
  await addresses.pressSequentially('be');
  await ada.page.getByRole('option', { name: 'ben@demo.example' }).click();
  await addresses.pressSequentially('inter relat');
  const group = ada.page.getByRole('option', { name: 'Service des relations internationales' });
  assert.match(await group.innerText(), /\d+ membres/u);
  await takePicture(ada.page, 'c-directory');
  await group.click();
  await chooseRadio(dialog, 'Rôle', 'Gestionnaire');
  await choose(dialog, 'Message', 'Ajouter une note au mail standard');
  await dialog
    .getByLabel('Note', { exact: true })
    .fill('Bonjour,\nvoici les contacts du salon. À compléter ensemble !');
  await takePicture(ada.page, 'c-share');
  await dialog.getByRole('button', { name: 'Copier l’adresse' }).click();
  const copied = new URL(String(await ada.page.evaluate('navigator.clipboard.readText()')));
  assert.equal(copied.origin, stage.url);
  assert.equal(decodeURIComponent(copied.pathname), `/home/ada@demo.example/Contacts/${folder}`);
  await dialog.getByRole('button', { name: 'OK' }).click();
  await ada.message('2 partages créés').waitFor();
  await dialog.waitFor({ state: 'detached' });
  await ada.folder(folder).getByTitle('Partagé avec 2 personnes ou groupes').waitFor();
});

test('The copied address gives the folder as CSV', async () => {
  const reply = await ada.page.request.get(String(await ada.page.evaluate('navigator.clipboard.readText()')));
  assert.equal(reply.status(), 200);
  assert.match(reply.headers()['content-type'] ?? '', /text\/csv/u);
  // The title line, then one line for each contact.
  assert.equal((await reply.text()).trim().split('\r\n').length, 1 + moved.length);
});

test('Nothing stands among Ben’s folders before he accepts; a bell announces the share', async () => {
  await ben.button('Partages : 1 nouveauté').waitFor();
  assert.equal((await ben.folder(folder).count()) + (await ben.folder(folderAtBen).count()), 0);
});

test('E. Ben opens the mail, accepts the share under the proposed name, and Ada sees it', async () => {
  await closeMessages(ada);
  await ada.chooseForFolder(folder, 'Éditer propriétés');
  const properties = ada.dialog('Propriétés du dossier');
  const shareWithBen = properties.getByRole('listitem').filter({ hasText: 'ben@demo.example' });
  await shareWithBen.getByText('En attente').waitFor();

  const opened = ben.page.waitForEvent('popup');
  await ben.page.getByRole('link', { name: 'Voir les mails envoyés' }).click();
  const mails = await opened;
  const mail = await openNewestMail(mails, 'ben@demo.example', `Partage créé : ${folder}`);
  for (const text of [
    folder,
    'Ada Démo',
    'Ben Démo',
    'Gestionnaire',
    'Afficher',
    'Modifier',
    'Ajouter',
    'Supprimer',
    'voici les contacts du salon',
  ])
    await mail.getByText(text).first().waitFor();
  await mail.getByRole('link', { name: 'Refuser le partage' }).waitFor();
  await takePicture(mails, 'e-mail');
  await mail.getByRole('link', { name: 'Accepter le partage' }).click();

  await mails
    .getByRole('heading', { name: `Ada Démo a décidé de partager son dossier « ${folder} » avec vous.` })
    .waitFor();
  // The link by itself has changed nothing.
  await shareWithBen.getByText('En attente').waitFor();
  await mails.getByText('Modifier, ajouter et supprimer des contacts').waitFor();
  assert.equal(await mails.getByLabel('Nom', { exact: true }).inputValue(), folderAtBen);
  await choose(mails.getByRole('main'), 'Couleur', 'Violet');
  await takePicture(mails, 'e-accept');
  await mails.getByRole('button', { name: 'Accepter le partage' }).click();
  await listTitle(mails, folderAtBen).waitFor();
  await createScreen(mails).folder(folderAtBen).locator('[data-folder-color="purple"]').waitFor();

  await shareWithBen.getByText('Accepté', { exact: true }).waitFor();
  await takePicture(ada.page, 'd-properties');
  await properties.getByRole('button', { name: 'Annuler' }).click();
  await ben.folder(folderAtBen).waitFor();
  await mails.close();
});

// How fast is for a benchmark to say; without push the screens would ask only every thirty seconds, longer than is waited here.
test('What one of them adds appears on the other’s screen by itself', async () => {
  await ben.openFolder(folderAtBen);
  await ada.openFolder(folder);
  await addContact(ben, 'Zélie', 'Wagner');
  await ada.contact('Wagner, Zélie').waitFor();
  await addContact(ada, 'Bogdan', 'Vidal');
  await ben.contact('Vidal, Bogdan').waitFor();
  await takePicture(ben.page, 'e-work-together');
});

test('D. « Modifier » makes Ben a viewer: what he can no longer do vanishes from his screen', async () => {
  await ben.button('Nouveau contact').waitFor();
  await ben.contact('Wagner, Zélie').click();
  await ben.page.getByRole('region', { name: 'Fiche du contact' }).getByRole('button', { name: 'Modifier' }).waitFor();
  const dialog = await openShareAction(ada, 'Modifier', 'Modifier le partage');
  await chooseRadio(dialog, 'Rôle', 'Visionneur');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await ada.message('Partage modifié').waitFor();
  await ben.folder(folderAtBen).getByText('Ada Démo · Visionneur').waitFor();
  await ben.button('Nouveau contact').waitFor({ state: 'detached' });
  await ben.page
    .getByRole('region', { name: 'Fiche du contact' })
    .getByRole('button', { name: 'Modifier' })
    .waitFor({ state: 'detached' });
  await ben.contact('Vidal, Bogdan').click({ button: 'right' });
  for (const entry of ['Modifier contact', 'Déplacer', 'Supprimer'])
    assert.equal(await ben.menuEntry(entry).getAttribute('aria-disabled'), 'true', entry);
  await ben.page.keyboard.press('Escape');
});

test('« Annuler » after a change of role makes Ben a manager again', async () => {
  await ada.undo('Partage modifié', 'Annuler');
  await ben.folder(folderAtBen).getByText('Ada Démo · Gestionnaire').waitFor();
  await ben.button('Nouveau contact').waitFor();
});

test('D. « Renvoyer » sends Ben the mail again', async () => {
  const subject = `Partage créé : ${folder}`;
  const dialog = await openShareAction(ada, 'Renvoyer', 'Renvoyer la notification');
  await dialog.getByRole('button', { name: 'Renvoyer' }).click();
  await ada.message('La notification de partage a été envoyée').waitFor();
  const mails = await ben.page.context().newPage();
  await mails.goto(`${stage.url}/demo/mail?to=ben%40demo.example`);
  await until('the mail is there twice', async () => (await mails.getByRole('link', { name: subject }).count()) === 2);
  await mails.close();
});

test('D. « Retirer » takes the folder from Ben’s screen, and « Annuler » gives it back as it was', async () => {
  await ben.folder(folderAtBen).waitFor();
  const dialog = await openShareAction(ada, 'Retirer', 'Retirer le partage');
  await choose(dialog, 'Message', 'Ne pas envoyer de mail à propos de ce partage');
  await dialog.getByRole('button', { name: 'Retirer' }).click();
  // The row is gone that had the focus; the keyboard goes on in the dialog below.
  await ada.dialog('Propriétés du dossier').locator(':focus').waitFor();
  await ben.folder(folderAtBen).waitFor({ state: 'detached' });
  await ben.page.getByText('Ce dossier n’est plus là').waitFor();
  await ada.undo('Partage retiré', 'Annuler');
  await ada.message('Partage rétabli').waitFor();
  await ben.folder(folderAtBen).getByText('Ada Démo · Gestionnaire').waitFor();
  assert.equal(await ben.folder(folderAtBen).locator('[data-folder-color="purple"]').count(), 1);
});

test('A member of the group accepts from the bell and has the role of the group', async () => {
  const chloe = await stage.enter('Chloé Démo');
  await chloe.button('Partages : 2 nouveautés').click();
  await takePicture(chloe.page, 'e-bell');
  await chloe.button(`Accepter le partage de « ${folder} »`).click();
  await chloe.page.keyboard.press('Escape');
  await chloe.folder(folderAtBen).getByText('Ada Démo · Gestionnaire').waitFor();
  await chloe.openFolder(folderAtBen);
  await addContact(chloe, 'Hoa', 'Yildiz');
  await ada.contact('Yildiz, Hoa').waitFor();
});

test('Folders, list and card stand side by side, in the colours of the system', async () => {
  await ada.dialog('Propriétés du dossier').getByRole('button', { name: 'Annuler' }).click();
  await closeMessages(ada);
  await ada.openFolder('Presse de Ben Démo');
  await ada.contact('Debruyne, Blandine').click();
  const card = ada.page.getByRole('region', { name: 'Fiche du contact' });
  await card.getByRole('heading', { name: 'Blandine Debruyne' }).waitFor();
  const background = () => ada.page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  await takePicture(ada.page, 'desktop');
  const light = await background();
  await ada.page.emulateMedia({ colorScheme: 'dark' });
  assert.notEqual(await background(), light);
  await takePicture(ada.page, 'desktop-dark');
});

test('All of this arrived without a page being loaded anew', async () => {
  for (const { page } of [ada, ben]) assert.equal(await page.evaluate('globalThis.wasHereFromTheStart'), true);
});

async function addContact({ page, button }: Screen, given: string, surname: string): Promise<void> {
  await button('Nouveau contact').click();
  const form = page.getByRole('form', { name: 'Nouveau contact' });
  await form.getByLabel('Prénom', { exact: true }).fill(given);
  await form.getByLabel('Nom', { exact: true }).fill(surname);
  await form.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await page.getByRole('heading', { name: `${given} ${surname}` }).waitFor();
}

/** « Éditer propriétés », and one of the three actions to the right of Ben. */
async function openShareAction(screen: Screen, action: string, title: string) {
  if ((await screen.dialog('Propriétés du dossier').count()) === 0)
    await screen.chooseForFolder(folder, 'Éditer propriétés');
  const properties = screen.dialog('Propriétés du dossier');
  await properties
    .getByRole('listitem')
    .filter({ hasText: 'ben@demo.example' })
    .getByText(action, { exact: true })
    .click();
  return screen.dialog(title);
}
