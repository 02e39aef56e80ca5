/** Photos of contacts in the sizes that lists and cards need. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { create, folder, pixel, shareAccepted, upload } from '../../kit/calls.ts';
import type { Person } from '../../kit/person.ts';
import { noisyPicture, pictureSize } from '../../kit/picture.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let app: TestApp;
let photo: Buffer;
let blobId = '';

before(async () => {
  app = await createTestApp();
  photo = await noisyPicture(512, 512);
  blobId = await upload(app.ada, photo, 'image/jpeg');
  const bookId = await folder(app.ada, 'Photos');
  const media = { m1: { kind: 'photo', blobId, mediaType: 'image/jpeg' } };
  await create(app.ada, 'ContactCard', { name: { full: 'Zoé' }, media, addressBookIds: { [bookId]: true } });
  await shareAccepted(app.ada, bookId, app.ben, 'viewer');
});
after(() => app.close());

const fetchPhoto = (person: Person, side: string, id = blobId) =>
  person.get(`/jmap/download/${app.ada.id}/${id}/photo?accept=image%2Fjpeg${side === '' ? '' : `&side=${side}`}`);

async function bytesOf(reply: Response): Promise<Buffer> {
  assert.equal(reply.status, 200);
  return Buffer.from(await reply.arrayBuffer());
}

test('a photo comes as small as lists and cards need it, the same octets each time', async () => {
  for (const side of [96, 192]) {
    const reply = await fetchPhoto(app.ada, String(side));
    assert.equal(reply.headers.get('content-type'), 'image/jpeg');
    assert.match(reply.headers.get('cache-control')!, /immutable/u);
    const small = await bytesOf(reply);
    assert.deepEqual(await pictureSize(small), { width: side, height: side, format: 'jpeg' });
    assert.ok(small.length < photo.length / 5);
    assert.deepEqual(await bytesOf(await fetchPhoto(app.ben, String(side))), small);
  }
});

test('any other size is the whole photo, and so is what cannot be made smaller', async () => {
  for (const side of ['', '97', '0', '-96', '100000', 'x', '96.0'])
    assert.deepEqual(await bytesOf(await fetchPhoto(app.ada, side)), photo, side);
  const tiny = await upload(app.ada, pixel, 'image/png');
  assert.deepEqual(await bytesOf(await fetchPhoto(app.ada, '96', tiny)), pixel);
  const text = await upload(app.ada, Buffer.from('no picture'), 'text/plain');
  assert.equal((await bytesOf(await fetchPhoto(app.ada, '96', text))).toString(), 'no picture');
});

test('who cannot read the photo gets no small one either', async () => {
  assert.equal((await fetchPhoto(app.chloe, '96')).status, 404);
});
