/** The photo of a contact: dropped, cropped, kept once and shown. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { type Desk, named, openDesk, save, values } from './kit/desk.ts';
import { until } from './kit/screen.ts';

let desk: Desk;

before(async () => {
  desk = await openDesk();
});
after(() => desk.stage.stop());
afterEach(() => desk.stage.expectNoProblems());

/** A red picture with a green left half, as a file on this machine. */
async function makePicture(page: Page): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const url = await page.evaluate<string>(`(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [800, 400];
    const context = canvas.getContext('2d');
    context.fillStyle = 'red';
    context.fillRect(0, 0, 800, 400);
    context.fillStyle = 'lime';
    context.fillRect(0, 0, 400, 400);
    return canvas.toDataURL('image/png');
  })()`);
  const folder = await mkdtemp(join(tmpdir(), 'coterie-photo-'));
  const path = join(folder, 'photo.png');
  await writeFile(path, Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  return { path, remove: () => rm(folder, { recursive: true }) };
}

/** Drops a file of this machine as a person drags it in. */
async function dropFile(page: Page, target: Locator, path: string): Promise<void> {
  const box = (await target.boundingBox())!;
  const place = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', {
      type,
      ...place,
      data: { items: [], files: [path], dragOperationsMask: 1 },
    });
  await session.detach();
}

test('a photo is dropped, moved and enlarged in its frame, kept once and shown', async () => {
  const id = await desk.makeCard({ name: named('Ugo', 'Exemple') });
  const { page } = desk.ada;
  const form = await desk.openForm(page, id);
  const picture = await makePicture(page);
  await dropFile(page, form.locator('[data-rac][class*=drop]').first(), picture.path);
  const dialog = page.getByRole('dialog', { name: 'Cadrer la photo' });
  await dialog.waitFor();
  await picture.remove();
  await expectAccessible(page, 'the frame of a photo');
  const frame = dialog.getByRole('application', { name: 'Cadre de la photo' });
  const colorAt = (x: number) =>
    page.evaluate<string>(`(() => {
      const canvas = document.querySelector('[role=application] canvas');
      const { data } = canvas.getContext('2d').getImageData(canvas.width * ${x}, canvas.height / 2, 1, 1);
      return [...data].slice(0, 2).join();
    })()`);
  await until('the picture is drawn', async () => (await colorAt(0.1)) === '0,255' && (await colorAt(0.9)) === '255,0');
  // Far enough to the right that only what is to the left is seen.
  const box = (await frame.boundingBox())!;
  await page.mouse.move(box.x + 20, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 20, box.y + 100, { steps: 4 });
  await page.mouse.up();
  await until('the picture was moved', async () => (await colorAt(0.9)) === '0,255');
  await frame.focus();
  for (let step = 0; step < 20; step += 1) await page.keyboard.press('ArrowRight');
  await until('the keys moved it back', async () => (await colorAt(0.9)) === '255,0');
  await page.keyboard.press('+');
  await until('the key enlarged it', async () => Number(await dialog.getByRole('slider').inputValue()) > 1);
  await page.mouse.move(box.x + 50, box.y + 50);
  await page.mouse.wheel(0, -400);
  await until('the wheel enlarged it', async () => Number(await dialog.getByRole('slider').inputValue()) > 2);
  await dialog.getByRole('button', { name: 'Utiliser cette photo' }).click();
  await dialog.waitFor({ state: 'detached' });
  await form.getByRole('button', { name: 'Recadrer' }).waitFor();
  await save(form);
  const [media] = values((await desk.kept(id))['media']);
  assert.deepEqual([media!['kind'], media!['mediaType']], ['photo', 'image/jpeg']);
  assert.match(String(media!['blobId']), /^\S+$/u);
  await until('it is shown', () =>
    page.evaluate<boolean>(`[...document.querySelectorAll('h2')].length > 0 &&
      [...document.querySelectorAll('section img')].some((image) => image.complete && image.naturalWidth > 100)`),
  );
});

test('a photo that is dropped on an open contact is framed, and stands in its form', async () => {
  const id = await desk.makeCard({ name: named('Solène', 'Exemple') });
  const { page } = desk.ada;
  await page.goto(`${desk.stage.url}/folders/${desk.program.own}/${desk.bookId}/${id}`);
  const heading = page.getByRole('heading', { name: 'Solène Exemple' });
  await heading.waitFor();
  const picture = await makePicture(page);
  await dropFile(page, heading, picture.path);
  const dialog = page.getByRole('dialog', { name: 'Cadrer la photo' });
  await dialog.getByRole('button', { name: 'Utiliser cette photo' }).click();
  await dialog.waitFor({ state: 'detached' });
  await picture.remove();
  const form = page.getByRole('form', { name: 'Modifier contact' });
  await form.getByRole('button', { name: 'Recadrer' }).waitFor();
  await save(form);
  assert.equal(values((await desk.kept(id))['media']).length, 1);
});

test('on a phone a photo is taken with the camera, and enlarged with two fingers', async () => {
  const phone = await desk.stage.enter('Ada Démo', {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  });
  const { page } = phone;
  const id = await desk.makeCard({ name: named('Tess', 'Exemple') });
  const form = await desk.openForm(page, id);
  await form.getByRole('button', { name: 'Prendre une photo' }).waitFor();
  const camera = form.locator('input[type=file][capture=environment]');
  assert.equal(await camera.count(), 1);
  const picture = await makePicture(page);
  await camera.setInputFiles(picture.path);
  const dialog = page.getByRole('dialog', { name: 'Cadrer la photo' });
  await dialog.waitFor();
  await picture.remove();
  await expectNoSidewaysScroll(page, 'the frame of a photo on a phone');
  await expectAccessible(page, 'the frame of a photo on a phone');
  const box = (await dialog.getByRole('application').boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const fingers = (apart: number) => [
    { x: x - apart, y, id: 0 },
    { x: x + apart, y, id: 1 },
  ];
  const session = await page.context().newCDPSession(page);
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(20) });
  for (const apart of [40, 60, 80])
    await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(apart) });
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await until('it is enlarged', async () => Number(await dialog.getByRole('slider').inputValue()) > 2);
  await dialog.getByRole('button', { name: 'Utiliser cette photo' }).tap();
  await dialog.waitFor({ state: 'detached' });
  await form.getByRole('button', { name: 'Recadrer' }).waitFor();
  await save(form);
  assert.equal(values((await desk.kept(id))['media']).length, 1);
  await page.context().close();
});
