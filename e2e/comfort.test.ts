/** Addresses lead back to what was on the screen, nothing moves for those who do not want it, and a telephone is at hand. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { type Desk, named, openDesk } from './kit/desk.ts';
import { type Screen, until } from './kit/screen.ts';

let desk: Desk;
let ada: Screen;
let alpha: string;

before(async () => {
  desk = await openDesk();
  ({ ada } = desk);
  alpha = await desk.makeCard({
    name: named('Zoé', 'Alpha'),
    organizations: { o: { name: 'Maison Alpha' } },
    keywords: { Presse: true },
    // Longer than a telephone.
    phones: Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`p${index}`, { number: `+33 6 39 98 10 ${10 + index}` }]),
    ),
  });
  await desk.makeCard({ name: named('Yves', 'Beta'), organizations: { o: { name: 'Maison Alpha' } } });
});
after(() => desk.stage.stop());
afterEach(() => desk.stage.expectNoProblems());

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 2, name, exact: true });
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;

test('the address names folder and card: back, forward and a new window show them again', async () => {
  const { page } = ada;
  await ada.openFolder('Fiches');
  const folder = page.url();
  await ada.contact('Alpha, Zoé').click();
  await heading(page, 'Zoé Alpha').waitFor();
  const card = page.url();
  assert.match(card, new RegExp(`${alpha}$`, 'u'));
  await ada.contact('Beta, Yves').click();
  await heading(page, 'Yves Beta').waitFor();
  await page.goBack();
  await heading(page, 'Zoé Alpha').waitFor();
  await page.goBack();
  await page.getByText('Aucun contact ouvert').waitFor();
  assert.equal(page.url(), folder);
  await page.goForward();
  await heading(page, 'Zoé Alpha').waitFor();
  const other = await page.context().newPage();
  await other.goto(card);
  await heading(other, 'Zoé Alpha').waitFor();
  await other.getByRole('treeitem', { selected: true }).filter({ hasText: 'Fiches' }).waitFor();
  await other.close();
});

test('the address names a search with its fields, and the contact that is open in it', async () => {
  const { page } = ada;
  await ada.openFolder('Fiches');
  const before = page.url();
  const box = page.getByRole('searchbox', { name: 'Rechercher un contact', exact: true });
  await box.fill('société:"Maison Alpha" zoé');
  await ada.contact('Beta, Yves').waitFor({ state: 'detached' });
  await ada.contact('Alpha, Zoé').click();
  await heading(page, 'Zoé Alpha').waitFor();
  const found = page.url();
  const other = await page.context().newPage();
  await other.goto(found);
  await heading(other, 'Zoé Alpha').waitFor();
  assert.equal(await other.getByRole('searchbox').first().inputValue(), 'société:"Maison Alpha" zoé');
  await until('the results are there', async () => (await other.getByRole('grid').getByRole('row').count()) === 1);
  await other.close();
  await page.goBack();
  await page.getByText('Aucun contact ouvert').waitFor();
  await page.goBack();
  await ada.contact('Beta, Yves').waitFor();
  assert.equal(page.url(), before);
  assert.equal(await box.inputValue(), '');
});

/** The longest time, in seconds, that anything on the page would take to move. */
const longestMotion = `Math.max(...[...document.querySelectorAll('*')].flatMap((element) =>
  [undefined, '::before', '::after'].flatMap((part) => {
    const { transitionDuration, animationName, animationDuration } = getComputedStyle(element, part);
    const times = animationName === 'none' ? transitionDuration : transitionDuration + ',' + animationDuration;
    return times.split(',').map((time) => parseFloat(time) * (time.trim().endsWith('ms') ? 0.001 : 1));
  })))`;

test('who wants no motion sees none: not in lists, menus, dialogs, messages, nor while something loads', async () => {
  const seen = new Map<string, number[]>();
  for (const reducedMotion of ['reduce', 'no-preference'] as const) {
    const screen = await desk.stage.enter('Ada Démo', { reducedMotion });
    const { page } = screen;
    const look = async () =>
      seen.set(reducedMotion, [...(seen.get(reducedMotion) ?? []), await page.evaluate<number>(longestMotion)]);
    // The rows that stand there while contacts are on their way.
    await page.route('**/jmap/api', (route) => route.abort());
    await page.goto(`${desk.stage.url}/folders/${desk.program.own}/${desk.bookId}`);
    await page.getByRole('main').waitFor();
    await look();
    await page.unroute('**/jmap/api');
    await page.reload();
    await screen.contact('Alpha, Zoé').waitFor();
    await look();
    await screen.contact('Alpha, Zoé').click({ button: 'right' });
    await screen.menuEntry('Déplacer').waitFor();
    await look();
    await screen.menuEntry('Déplacer').click();
    await screen.dialog('Déplacer 1 contact').waitFor();
    await look();
    await page.keyboard.press('Escape');
    await screen.chooseForContact('Beta, Yves', 'Supprimer');
    await screen.message('corbeille').waitFor();
    await look();
    await screen.undo('corbeille', 'Annuler');
    await page.context().close();
  }
  assert.ok(Math.max(...seen.get('reduce')!) <= 0.001, String(seen.get('reduce')));
  // Else nothing was looked at.
  assert.ok(Math.min(...seen.get('no-preference')!) >= 0.1, String(seen.get('no-preference')));
});

test('on a phone what may be done with a contact stays at hand, clear of the edges of the screen', async () => {
  const screen = await desk.stage.enter('Ada Démo', phone);
  const { page } = screen;
  const insets = { top: 47, bottom: 34, left: 0, right: 0 };
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setSafeAreaInsetsOverride' as 'Emulation.setCPUThrottlingRate', { insets } as never);
  await page.goto(`${desk.stage.url}/folders/${desk.program.own}/${desk.bookId}/${alpha}`);
  await heading(page, 'Zoé Alpha').waitFor();
  const edit = screen.button('Modifier');
  const box = (await edit.boundingBox())!;
  assert.ok(box.y + box.height <= 740 - insets.bottom, `${box.y + box.height} is above ${740 - insets.bottom}`);
  assert.ok(box.y > 600, `${box.y} is where the thumb is`);
  assert.ok((await page.getByRole('search').boundingBox())!.y >= insets.top);
  await page.getByText('+33 6 39 98 10 29').scrollIntoViewIfNeeded();
  assert.ok(Math.abs((await edit.boundingBox())!.y - box.y) < 2);
  // What comes last is not covered by it.
  const last = (await page.getByText('+33 6 39 98 10 29').boundingBox())!;
  assert.ok(last.y + last.height <= box.y, `${last.y + last.height} is above ${box.y}`);
  await expectAccessible(page, 'a card on a phone');
  await expectNoSidewaysScroll(page, 'a card on a phone');
  await page.context().close();
});

test('on a phone every button is 44 pixels large, and going back goes pane by pane', async () => {
  const screen = await desk.stage.enter('Ada Démo', phone);
  const { page } = screen;
  const expectLarge = async (where: string) => {
    const small = await page.evaluate<
      string[]
    >(`[...document.querySelectorAll('button, [role="button"]')].flatMap((button) => {
      const { width, height } = button.getBoundingClientRect();
      const isShown = button.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && width > 1;
      return isShown && (width < 43.9 || height < 43.9) ? [button.outerHTML.slice(0, 120) + ' ' + width + '×' + height] : [];
    })`);
    assert.deepEqual(small, [], where);
  };
  await screen.folder('Fiches').waitFor();
  await expectLarge('folders');
  await screen.folder('Fiches').tap();
  await screen.contact('Alpha, Zoé').waitFor();
  await expectLarge('list');
  await expectNoSidewaysScroll(page, 'list');
  await screen.contact('Alpha, Zoé').tap();
  await heading(page, 'Zoé Alpha').waitFor();
  await expectLarge('card');
  await page.goBack();
  await screen.contact('Alpha, Zoé').waitFor();
  await page.goBack();
  await screen.folder('Fiches').waitFor();
  await until('the folders alone', async () => !(await screen.list.isVisible()));
  await page.context().close();
});
