/** Every screen and dialog: nothing that axe finds wrong, in light and dark, and nothing cut off at 200 %. */
import { after, afterEach, before, test } from 'node:test';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { firstNames, type Screen } from './kit/screen.ts';
import { type Stage, startStage } from './kit/stage.ts';
import { shareLine } from './kit/steps.ts';

type Check = (where: string) => Promise<void>;

let stage: Stage;

before(async () => {
  stage = await startStage();
});
after(() => stage.stop());
afterEach(() => stage.expectNoProblems());

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong on the sign-in page, in ${colorScheme}`, async () => {
    const stranger = await stage.open({ colorScheme });
    await stranger.page.getByRole('button', { name: 'Ada Démo' }).waitFor();
    await expectAccessible(stranger.page, 'sign-in');
    await stranger.page.goto(`${stage.url}/setup?token=none`);
    await stranger.page.getByRole('heading', { level: 1 }).waitFor();
    await expectAccessible(stranger.page, 'first administrator');
    await stranger.page.goto(`${stage.url}/demo/mail`);
    await stranger.page.getByRole('listitem').getByRole('link').first().click();
    await stranger.page.getByRole('heading', { level: 2 }).waitFor();
    await expectAccessible(stranger.page, 'mails');
    await stranger.page.context().close();
  });

  test(`axe finds nothing wrong on any screen or dialog, in ${colorScheme}`, async () => {
    const ada = await stage.enter('Ada Démo', { colorScheme });
    await visitEverything(ada, (where) => expectAccessible(ada.page, `${where}, ${colorScheme}`));
    await ada.page.context().close();
  });
}

test('At 200 % of a window of 1440 pixels no screen scrolls sideways', async () => {
  const ada = await stage.enter('Ada Démo', { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 });
  await visitEverything(ada, (where) => expectNoSidewaysScroll(ada.page, where), true);
});

/** Goes through the app and tells at each stop where it is. */
async function visitEverything(ada: Screen, check: Check, isNarrow = false): Promise<void> {
  await visitFolders(ada, check);
  await visitSharing(ada, check);
  if (!isNarrow) await visitContacts(ada, check);
  else await visitNarrowContacts(ada, check);
  await visitAccount(ada, check);
}

async function visitFolders(ada: Screen, check: Check): Promise<void> {
  const { page } = ada;
  await ada.folder('Partenaires').click({ button: 'right' });
  await ada.menuEntry('Éditer propriétés').waitFor();
  await check('menu of a folder');
  await page.keyboard.press('Escape');
  const dialogs: readonly (readonly [entry: string, title: string])[] = [
    ['Nouveau dossier de contacts', 'Créer un dossier de contacts'],
    ['Déplacer le dossier', 'Déplacer le dossier'],
    ['Partager un dossier de contacts', 'Propriétés du partage'],
    ['Éditer propriétés', 'Propriétés du dossier'],
  ];
  for (const [entry, title] of dialogs) {
    await ada.chooseForFolder('Partenaires', entry);
    await ada.dialog(title).waitFor();
    await check(title);
    await page.keyboard.press('Escape');
    await ada.dialog(title).waitFor({ state: 'detached' });
  }
  await ada.chooseForFolder('Partenaires', 'Renommer le dossier');
  await page.getByRole('textbox', { name: 'Nouveau nom' }).waitFor();
  await check('renaming');
  await page.keyboard.press('Escape');
}

async function visitSharing(ada: Screen, check: Check): Promise<void> {
  const { page } = ada;
  await ada.chooseForFolder('Fournisseurs', 'Partager un dossier de contacts');
  const dialog = ada.dialog('Propriétés du partage');
  const addresses = dialog.getByRole('combobox', { name: 'Adresses mail' });
  await addresses.pressSequentially('personne@demo.example, ser');
  await page.getByRole('option').first().waitFor();
  await check('suggestions');
  await addresses.fill('');
  await dialog.getByText('Utilisateur inconnu.').first().waitFor();
  await check('an unknown address');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  const line = await shareLine(ada, 'Partenaires', 'international@demo.example');
  for (const [action, title] of [
    ['Modifier', 'Modifier le partage'],
    ['Retirer', 'Retirer le partage'],
    ['Renvoyer', 'Renvoyer la notification'],
  ] as const) {
    await line.getByText(action, { exact: true }).click();
    await ada.dialog(title).waitFor();
    await check(title);
    await page.keyboard.press('Escape');
    await ada.dialog(title).waitFor({ state: 'detached' });
  }
  // The focus comes back to it a moment after the dialog above it has gone.
  await ada.dialog('Propriétés du dossier').press('Escape');
  await ada.dialog('Propriétés du dossier').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Partages : /u }).click();
  await ada.button('Détails du partage de « Universités partenaires »').waitFor();
  await check('the bell');
  await ada.button('Détails du partage de « Universités partenaires »').click();
  await ada.button('Accepter le partage').waitFor();
  await check('the page of an invitation');
  await ada.button('Refuser le partage').click();
  await page.getByText('Voulez-vous vraiment refuser').waitFor();
  await check('declining');
  await page.goto(`${stage.url}/share/nobody/nothing/accept`);
  await page.getByText('Ce partage n’existe plus').waitFor();
  await check('an invitation that is gone');
  await page.goto(`${stage.url}/nowhere`);
  await page.getByText('Page introuvable').waitFor();
  await check('page not found');
  await page.goto(stage.url);
  await page.getByRole('tree').waitFor();
}

async function visitContacts(ada: Screen, check: Check): Promise<void> {
  const { page } = ada;
  await ada.openFolder('Partenaires');
  const [first, second] = await firstNames(ada, 2);
  await check('a folder');
  await ada.contact(first!).click();
  await page.getByRole('region', { name: 'Fiche du contact' }).getByRole('button', { name: 'Modifier' }).waitFor();
  await check('a card');
  await page.getByRole('region', { name: 'Fiche du contact' }).getByRole('button', { name: 'Modifier' }).click();
  await page.getByRole('form').waitFor();
  await check('the form of a card');
  await page.getByRole('form').getByRole('button', { name: 'Annuler' }).click();
  await ada.tick(second!).click();
  await page.getByText('1 contact sélectionné').first().waitFor();
  await ada.contact(second!).click({ button: 'right' });
  await ada.menuEntry('Déplacer').waitFor();
  await check('menu of a contact');
  await ada.menuEntry('Déplacer').click();
  await ada.dialog('Déplacer 1 contact').waitFor();
  await check('« Déplacer »');
  await page.keyboard.press('Escape');
  await ada.chooseForContact(second!, 'Supprimer');
  const moved = ada.message('1 contact transféré dans la Corbeille');
  // It stays while it is pointed at, however long what is checked takes.
  await moved.hover();
  await check('a message');
  await ada.openFolder('Corbeille');
  await page.getByText('1 élément', { exact: true }).first().waitFor();
  await moved.hover();
  await check('the trash');
  await ada.undo('1 contact transféré dans la Corbeille', 'Annuler');
  await page.getByRole('searchbox', { name: 'Rechercher un contact' }).fill('respons');
  await page.getByRole('heading', { name: 'Résultats' }).waitFor();
  await firstNames(ada, 1);
  await check('search');
}

/** One pane at a time, or two: what is asked for shows, whatever lies beside it. */
async function visitNarrowContacts(ada: Screen, check: Check): Promise<void> {
  await ada.folder('Partenaires').click();
  const [first] = await firstNames(ada, 1);
  await check('a folder');
  await ada.contact(first!).click();
  await ada.page.getByRole('button', { name: 'Modifier', exact: true }).click();
  await ada.page.getByRole('form').waitFor();
  await check('the form of a card');
  await ada.page.getByRole('form').getByRole('button', { name: 'Annuler' }).click();
}

async function visitAccount(ada: Screen, check: Check): Promise<void> {
  const { page } = ada;
  await page.getByRole('button', { name: 'Compte de Ada Démo' }).click();
  await ada.menuEntry('Préférences').waitFor();
  await check('menu of the account');
  await ada.menuEntry('Raccourcis clavier').click();
  await ada.dialog('Raccourcis clavier').waitFor();
  await check('shortcuts');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Compte de Ada Démo' }).click();
  await ada.menuEntry('Préférences').click();
  await page.getByRole('radiogroup', { name: 'Langue' }).waitFor();
  await check('preferences');
  await page.getByRole('link', { name: 'Partages', exact: true }).click();
  await page.getByText('Dossiers partagés par moi').waitFor();
  await page.getByText('international@demo.example').first().waitFor();
  await check('preferences of sharing');
}
