import type { Locator } from 'playwright-core';
import { chooseRadio, listTitle, type Screen } from './screen.ts';

/** « Nouveau dossier de contacts » on the first level, from the arrow beside « Liste des contacts ». */
export async function makeFolder(screen: Screen, name: string): Promise<void> {
  await screen.button('Actions pour « Liste des contacts »').click();
  await screen.menuEntry('Nouveau dossier de contacts').click();
  const dialog = screen.dialog('Créer un dossier de contacts');
  await dialog.getByLabel('Nom', { exact: true }).fill(name);
  await dialog.getByRole('button', { name: 'OK' }).click();
  await screen.folder(name).waitFor();
  await listTitle(screen.page, name).waitFor();
}

/** « Partager un dossier de contacts », with the addresses typed and a role chosen, and not yet « OK ». */
export async function fillShareDialog(
  screen: Screen,
  folder: string,
  addresses: string,
  role = 'Visionneur',
): Promise<Locator> {
  await screen.chooseForFolder(folder, 'Partager un dossier de contacts');
  const dialog = screen.dialog('Propriétés du partage');
  // The comma ends the last address as it does those before.
  await dialog.getByRole('combobox', { name: 'Adresses mail' }).pressSequentially(`${addresses},`);
  await chooseRadio(dialog, 'Rôle', role);
  return dialog;
}

/** Shares a folder with one person. */
export async function shareFolder(screen: Screen, folder: string, address: string, role = 'Visionneur'): Promise<void> {
  const dialog = await fillShareDialog(screen, folder, address, role);
  await dialog.getByRole('button', { name: 'OK' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** « Éditer propriétés »: the line of a share there. The dialog stays open. */
export async function shareLine(screen: Screen, folder: string, address: string): Promise<Locator> {
  await screen.chooseForFolder(folder, 'Éditer propriétés');
  return screen.dialog('Propriétés du dossier').getByRole('listitem').filter({ hasText: address });
}
