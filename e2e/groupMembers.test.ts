/** A group whose members stand in several accounts shows who they are, and leads to their cards. */
import { after, afterEach, before, test } from 'node:test';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { openProgram } from './kit/program.ts';
import type { Screen } from './kit/screen.ts';
import { type Stage, startStage } from './kit/stage.ts';

let stage: Stage;
let ben: Screen;
let path = '';

before(async () => {
  stage = await startStage();
  path = await makeGroup();
  ben = await stage.enter('Ben Démo');
});
after(() => stage.stop());
afterEach(() => stage.expectNoProblems());

/** Ben's group of somebody of his own, somebody whom Ada shares, and somebody who is nowhere; its address. */
async function makeGroup(): Promise<string> {
  const [adaProgram, benProgram] = [await openProgram(stage, 'ada'), await openProgram(stage, 'ben')];
  const rights = { mayRead: true, mayWrite: false, mayShare: false, mayDelete: false };
  const shared = await adaProgram.create('AddressBook', { name: 'Élus', shareWith: { [benProgram.own]: rights } });
  const card = (uid: string, full: string, bookId: string) => ({
    uid,
    name: { full },
    addressBookIds: { [bookId]: true },
  });
  await adaProgram.create('ContactCard', card('urn:x:shared', 'Fatou Exemple', shared));
  await benProgram.set('AddressBook', { accountId: adaProgram.own, update: { [shared]: { isSubscribed: true } } });
  const own = await benProgram.create('AddressBook', { name: 'Groupes' });
  await benProgram.create('ContactCard', card('urn:x:own', 'Gaspard Exemple', own));
  const members = { 'urn:x:shared': true, 'urn:x:own': true, 'urn:x:nowhere': true };
  const group = await benProgram.create('ContactCard', {
    ...card('urn:x:group', 'Le conseil', own),
    kind: 'group',
    members,
  });
  return `/folders/${benProgram.own}/${own}/${group}`;
}

test('members of one’s own account and of others’ say who they are and where from, the others that they cannot be read', async () => {
  const { page } = ben;
  await page.goto(`${stage.url}${path}`);
  const section = page.getByRole('region', { name: '3 membres' });
  await section.getByRole('link', { name: /Fatou/u }).waitFor();
  const lines = section.getByRole('listitem');
  const told = [['Fatou Exemple', 'Élus'], ['Gaspard Exemple', 'Groupes'], ['Fiche que vous ne pouvez pas lire']];
  for (const [index, texts] of told.entries())
    for (const text of texts) await lines.nth(index).getByText(text).first().waitFor();
  await expectAccessible(page, 'a group');
  if (process.env['SHOTS']) {
    for (const [width, scheme] of [
      [1280, 'light'],
      [390, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme: scheme });
      await page.screenshot({ path: `${process.env['SHOTS']}/group-${width}-${scheme}.png` });
    }
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page, 'a group on a phone');
});

test('a member leads to their card in the folder of somebody else', async () => {
  const { page } = ben;
  await page.getByRole('link', { name: /Fatou/u }).click();
  await page.getByRole('heading', { name: 'Fatou Exemple' }).waitFor();
});
