/** « Doublons »: compared side by side, merged field by field or all at once, taken apart again. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Page } from 'playwright-core';
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

/** Makes contacts by JMAP, as any client may: in a folder of their own, whose id it answers. */
async function make({ page }: Screen, folder: string, cards: readonly object[]): Promise<string> {
  return page.evaluate(
    async ([name, list]) => {
      const session = (await (await fetch('/jmap/session')).json()) as { primaryAccounts: Record<string, string> };
      const accountId = Object.values(session.primaryAccounts)[0]!;
      const using = ['urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:contacts'];
      const create = Object.fromEntries(
        list.map((card, index) => [`c${index}`, { ...card, addressBookIds: { '#f': true } }]),
      );
      const methodCalls = [
        ['AddressBook/set', { accountId, create: { f: { name } } }, '0'],
        ['ContactCard/set', { accountId, create }, '1'],
      ];
      const init = {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ using, methodCalls }),
      };
      const { methodResponses } = (await (await fetch('/jmap/api', init)).json()) as {
        methodResponses: [string, { created: Record<string, { id: string }> }][];
      };
      return methodResponses[0]![1].created['f']!.id;
    },
    [folder, cards] as const,
  );
}

const person = (given: string, surname: string, rest: object = {}) => ({
  name: {
    components: [
      { kind: 'given', value: given },
      { kind: 'surname', value: surname },
    ],
    full: `${given} ${surname}`,
  },
  ...rest,
});
const email = (address: string) => ({ emails: { e: { address } } });
const phone = (number: string) => ({ phones: { p: { number } } });

async function open(page: Page, section = 'open'): Promise<void> {
  await page.goto(`${stage.url}/duplicates/${section}`);
  await page.getByRole('heading', { level: 1, name: 'Doublons' }).waitFor();
}

const group = (page: Page, name: string) =>
  page.getByRole('article').filter({ has: page.getByRole('heading', { name }) });

test('Without duplicates the page says so, and so does that of merges', async () => {
  const { page } = await stage.enter('Ben Démo');
  await open(page);
  await page.getByText('Tous vos contacts semblent être des personnes différentes.').waitFor();
  await expectAccessible(page, 'no duplicates');
  await open(page, 'recent');
  await page.getByText('Les fusions des 90 derniers jours sont ici').waitFor();
  await page.context().close();
});

test('The demonstration has one that is certain and two that are to be looked at', async () => {
  const { page } = ada;
  await open(page);
  const told = [
    ['Montségur', 'Certain', 'même adresse mail'],
    ['Guennec', 'À vérifier', 'même nom ou presque'],
    ['Wattrelot', 'À vérifier', 'même numéro'],
  ] as const;
  for (const [name, certainty, reason] of told) {
    await group(page, name).getByText(certainty, { exact: true }).waitFor();
    await group(page, name).getByText(reason).waitFor();
  }
  await page.getByText('3 doublons').waitFor();
  await page.getByRole('button', { name: 'Tout fusionner (1 certain)' }).waitFor();
});

test('Two cards stand side by side; one chooses the name, takes a number out, merges, and undoes it', async () => {
  await make(ada, 'Doublons un', [
    person('Zéphyrine', 'Quandt', { ...email('zq@demo.example'), ...phone('0556000001') }),
    person('Zephirine', 'Quandt', { ...email('zq@demo.example'), ...phone('0600000002') }),
  ]);
  await open(ada.page);
  const zephyrine = group(ada.page, 'Quandt');
  await zephyrine.getByText('même adresse mail').waitFor();
  await zephyrine
    .getByRole('radio', { name: 'Zephirine Quandt', exact: true })
    .locator('xpath=ancestor::label')
    .click();
  await zephyrine.getByRole('checkbox', { name: 'Garder 0556000001' }).locator('xpath=ancestor::label').click();
  await zephyrine.getByRole('button', { name: /^Fusionner/u }).click();
  await zephyrine.waitFor({ state: 'detached' });
  await ada.message('Zephirine').waitFor();
  await ada.page.goto(`${stage.url}/search?q=${encodeURIComponent('Quandt')}`);
  await ada.contact('Quandt, Zephirine').click();
  await ada.page.getByText('0600000002').filter({ visible: true }).first().waitFor();
  assert.equal(await ada.page.getByText('0556000001').count(), 0);
  await open(ada.page, 'recent');
  await ada.page
    .getByRole('button', { name: 'Annuler la fusion de Zephirine Quandt' })
    .or(ada.page.getByRole('button', { name: /^Annuler la fusion de Quandt/u }))
    .click();
  await ada.message('tout est comme avant').waitFor();
  await open(ada.page);
  await group(ada.page, 'Quandt').waitFor();
});

test('« Pas des doublons » is remembered, and can be taken back', async () => {
  await open(ada.page);
  await group(ada.page, 'Quandt')
    .getByRole('button', { name: /^Pas des doublons/u })
    .click();
  await group(ada.page, 'Quandt').waitFor({ state: 'detached' });
  await ada.undo('ne vous seront plus proposées', 'Annuler');
  await group(ada.page, 'Quandt').waitFor();
  await group(ada.page, 'Quandt')
    .getByRole('button', { name: /^Pas des doublons/u })
    .click();
  await group(ada.page, 'Quandt').waitFor({ state: 'detached' });
  await ada.page.reload();
  await ada.page.getByRole('heading', { level: 1, name: 'Doublons' }).waitFor();
  await ada.page
    .getByText(/^Aucun doublon$|doublon/u)
    .first()
    .waitFor();
  assert.equal(await group(ada.page, 'Quandt').count(), 0);
});

test('All that is certain is merged at once, and « Annuler » takes all of it apart', async () => {
  const names = ['Aubépine', 'Bruyère', 'Capucine', 'Dahlia'].map((given) =>
    person(given, 'Xanthos', email(`${given}@demo.example`)),
  );
  await make(ada, 'Doublons deux', [...names, ...names, person('Églantine', 'Xanthos'), person('Eglantine', 'Xantos')]);
  await open(ada.page);
  const all = ada.page.getByRole('button', { name: /^Tout fusionner \(\d+ certains\)$/u });
  const before = Number(/\d+/u.exec((await all.textContent())!)![0]);
  assert.ok(before >= 4);
  await all.click();
  await ada.message(`${before} doublons fusionnés`).waitFor();
  await all.waitFor({ state: 'detached' });
  // The button that had the focus is gone; the keyboard goes on with those that are left.
  await ada.page.locator(':focus').getByRole('article').first().waitFor();
  await group(ada.page, 'Xant').waitFor();
  await ada.undo(`${before} doublons fusionnés`, 'Annuler');
  await ada.page.getByRole('button', { name: `Tout fusionner (${before} certains)` }).waitFor();
});

test('A message about a merge goes when the merge was undone on the page', async () => {
  const twice = [
    person('Fantine', 'Wyvern', email('fw@demo.example')),
    person('Fantine', 'Wyvern', email('fw@demo.example')),
  ];
  await make(ada, 'Doublons quatre', twice);
  await open(ada.page);
  await group(ada.page, 'Wyvern')
    .getByRole('button', { name: /^Fusionner/u })
    .click();
  await ada.message('n’en font plus qu’une').waitFor();
  await ada.page.getByRole('link', { name: 'Fusions récentes' }).click();
  await ada.page.getByRole('button', { name: /^Annuler la fusion de .*Wyvern/u }).click();
  await ada.message('tout est comme avant').waitFor();
  assert.equal(await ada.message('n’en font plus qu’une').count(), 0);
});

test('Contacts chosen in a list are merged from the menu', async () => {
  const bookId = await make(ada, 'Doublons trois', [
    person('Ysé', 'Vandamme', phone('0700000001')),
    person('Yseult', 'Vandamme-Roy', email('yvr@demo.example')),
  ]);
  await ada.page.goto(`${stage.url}/`);
  await ada.openFolder('Doublons trois');
  assert.ok(ada.page.url().includes(bookId));
  for (const name of ['Vandamme, Ysé', 'Vandamme-Roy, Yseult']) await ada.tick(name).click();
  await ada.chooseForContact('Vandamme, Ysé', 'Fusionner…');
  const dialog = ada.dialog('Fusionner 2 contacts');
  await dialog.getByText('yvr@demo.example').waitFor();
  await expectAccessible(ada.page, 'the dialog of a merge');
  await dialog.getByRole('button', { name: 'Fusionner', exact: true }).click();
  await ada.undo('n’en font plus qu’une', 'Annuler');
  await ada.contact('Vandamme-Roy, Yseult').waitFor();
});

test('The way there stands below the folders, with the number', async () => {
  await ada.page.goto(`${stage.url}/`);
  const link = ada.page.getByRole('link', { name: /^Doublons/u });
  await link.filter({ hasText: /\d/u }).waitFor();
  await link.click();
  await ada.page.getByRole('heading', { level: 1, name: 'Doublons' }).waitFor();
});

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [1280, 320])
    test(`axe finds nothing wrong, ${colorScheme}, ${width} pixels wide`, async () => {
      const screen = await stage.enter('Ada Démo', { colorScheme, viewport: { width, height: 900 } });
      await open(screen.page);
      await group(screen.page, 'Xanthos').first().waitFor();
      await expectAccessible(screen.page, 'duplicates');
      await expectNoSidewaysScroll(screen.page, 'duplicates');
      await takePicture(screen.page, `duplicates-${colorScheme}-${width}`);
      await screen.page.context().close();
    });
