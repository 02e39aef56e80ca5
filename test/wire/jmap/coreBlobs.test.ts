import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { writeParts } from '../../../src/core/blob/blobParts.ts';
import { purgeBlobs } from '../../../src/core/blob/purgeBlobs.ts';
import { maxUnreferencedSize, putBlob } from '../../../src/core/blob/putBlob.ts';
import { createTestWorld, defaultBook, grant } from './coreWorld.ts';
import type { Person, TestWorld } from './coreWorld.ts';

let app: TestWorld;
let ada: Person;
let ben: Person;
before(async () => {
  app = await createTestWorld();
  ada = await app.person('Ada');
  ben = await app.person('Ben');
});
after(() => app.close());

const png = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);
const page = new TextEncoder().encode('<script>alert(1)</script>');

type Uploaded = { accountId: string; blobId: string; type: string; size: number };

async function upload(
  person: Person,
  data: Uint8Array<ArrayBuffer>,
  type: string,
  account = person,
): Promise<Uploaded> {
  const response = await person.fetch(`/jmap/upload/${account.id}`, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body: data,
  });
  assert.equal(response.status, 201);
  return (await response.json()) as Uploaded;
}

function download(person: Person, blobId: string, type: string, account = person, name = 'x'): Promise<Response> {
  return person.fetch(
    `/jmap/download/${account.id}/${blobId}/${encodeURIComponent(name)}?accept=${encodeURIComponent(type)}`,
  );
}

test('an upload is answered with its id, type and size; the same data has the same id', async () => {
  const first = await upload(ada, png, 'image/png');
  assert.deepEqual(first, { accountId: ada.id, blobId: first.blobId, type: 'image/png', size: png.length });
  assert.match(first.blobId, /^[A-Za-z0-9_-]+$/u);
  assert.equal((await upload(ada, png, 'image/png')).blobId, first.blobId);
});

test('a download is what was uploaded, for ever, and an image is shown in the page', async () => {
  const { blobId } = await upload(ada, png, 'image/png');
  const response = await download(ada, blobId, 'image/png', ada, 'Élise "1".png');
  assert.deepEqual(new Uint8Array(await response.arrayBuffer()), png);
  assert.equal(response.headers.get('Content-Type'), 'image/png');
  assert.equal(response.headers.get('Cache-Control'), 'private, immutable, max-age=31536000');
  assert.equal(
    response.headers.get('Content-Disposition'),
    `inline; filename="Elise _1_.png"; filename*=UTF-8''%C3%89lise%20%221%22.png`,
  );
});

test('a download is of the type that is asked for, also where that has parameters', async () => {
  const { blobId } = await upload(ada, page, 'text/plain');
  for (const type of ['text/vcard', 'text/vcard; charset=utf-8', 'Text/vCard;version=4.0']) {
    const response = await download(ada, blobId, type);
    assert.equal(response.headers.get('Content-Type'), 'text/vcard', type);
    await response.text();
  }
});

test('what is no image is only ever saved, whatever it claims to be', async () => {
  const { blobId } = await upload(ada, page, 'image/png');
  for (const type of ['text/html', 'image/png', 'image/svg+xml', '']) {
    const response = await download(ada, blobId, type);
    assert.match(response.headers.get('Content-Disposition')!, /^attachment/u, type);
    assert.equal(response.headers.get('X-Content-Type-Options'), 'nosniff');
    assert.match(response.headers.get('Content-Security-Policy')!, /sandbox/u);
    await response.text();
  }
});

test('an upload that nobody uses is for its uploader alone', async () => {
  const { blobId } = await upload(ada, page, 'text/plain');
  assert.equal((await download(ben, blobId, 'text/plain')).status, 404);
  assert.equal((await download(ben, blobId, 'text/plain', ada)).status, 404);
  assert.equal((await download(ada, 'Bnothing', 'text/plain')).status, 404);
});

test('into another account one may upload what one may write there; a stranger does not learn that it exists', async () => {
  const [carl, dora, emil] = [await app.person('Carl'), await app.person('Dora'), await app.person('Emil')];
  const to = (person: Person) => person.fetch(`/jmap/upload/${carl.id}`, { method: 'POST', body: png });
  assert.equal((await to(dora)).status, 404);
  const book = await defaultBook(carl);
  await grant(carl, book, dora, { mayWrite: true }, 'accepted');
  assert.equal((await to(dora)).status, 201);
  const { blobId } = await upload(dora, png, 'image/png', carl);
  assert.equal((await download(dora, blobId, 'image/png', carl)).status, 200);
  assert.equal((await download(carl, blobId, 'image/png')).status, 404);
  assert.equal((await download(emil, blobId, 'image/png', carl)).status, 404);
});

test('Blob/copy makes a file usable in another account', async () => {
  const [fay, gus] = [await app.person('Fay'), await app.person('Gus')];
  await grant(fay, await defaultBook(fay), gus, { mayWrite: true }, 'accepted');
  const { blobId } = await upload(gus, png, 'image/png');
  const [copy, unknown, back] = await gus.jmap(
    ['Blob/copy', { fromAccountId: gus.id, accountId: fay.id, blobIds: [blobId, 'Bnone'] }],
    ['Blob/copy', { fromAccountId: 'nobody', accountId: fay.id, blobIds: [] }],
    ['Blob/copy', { fromAccountId: gus.id, accountId: 'nobody', blobIds: [] }],
  );
  assert.deepEqual(copy![1]['copied'], { [blobId]: blobId });
  assert.deepEqual(Object.keys(copy![1]['notCopied']!), ['Bnone']);
  assert.deepEqual([unknown![1]['type'], back![1]['type']], ['fromAccountNotFound', 'accountNotFound']);
  assert.equal((await download(gus, blobId, 'image/png', fay)).status, 200);
});

test('a file that is too large is refused with the name of the limit', async () => {
  const response = await ada.fetch(`/jmap/upload/${ada.id}`, { method: 'POST', body: new Uint8Array(50_000_001) });
  assert.equal(response.status, 413);
  assert.equal(((await response.json()) as { limit: string }).limit, 'maxSizeUpload');
});

test('a large file comes back whole, in parts too, and leaves nothing behind', async () => {
  const lea = await app.person('Lea');
  const data = Buffer.alloc(9_500_001, 'Coterie ');
  const { blobId, size } = await upload(lea, data, 'application/octet-stream');
  assert.equal(size, data.length);
  const down = Buffer.from(await (await download(lea, blobId, '')).arrayBuffer());
  assert.ok(down.equals(data));
  const again = await upload(lea, data, 'application/octet-stream');
  assert.equal(again.blobId, blobId, 'equal data is kept once');
  const { db } = app.world;
  const parts = () => db.all(db.build.selectFrom('blob_part').select('part'));
  assert.equal((await parts()).length, 10);
  app.turnClock(25 * 3600 * 1000);
  await purgeBlobs(app.world);
  assert.equal((await parts()).length, 0);
});

test('what an upload that was cut off has left goes after an hour', async () => {
  const max = await app.person('Max');
  await writeParts(app.world, 'Bcut-off', new Uint8Array(2_000_000));
  const { db } = app.world;
  const parts = () => db.all(db.build.selectFrom('blob_part').select('part'));
  await purgeBlobs(app.world);
  assert.equal((await parts()).length, 2, 'it may be under way');
  assert.equal((await download(max, 'Bcut-off', '')).status, 404);
  app.turnClock(3601 * 1000);
  await purgeBlobs(app.world);
  assert.equal((await parts()).length, 0);
});

test('unused uploads go after a day, not before; uploading again starts the day anew', async () => {
  const hana = await app.person('Hana');
  const [kept, gone] = [
    await upload(hana, Uint8Array.of(1, 2), 'text/plain'),
    await upload(hana, Uint8Array.of(3), 'text/plain'),
  ];
  app.turnClock(13 * 3600 * 1000);
  await upload(hana, Uint8Array.of(1, 2), 'text/plain');
  await purgeBlobs(app.world);
  assert.equal((await download(hana, gone.blobId, '')).status, 200);
  app.turnClock(13 * 3600 * 1000);
  await purgeBlobs(app.world);
  assert.equal((await download(hana, gone.blobId, '')).status, 404);
  assert.equal((await download(hana, kept.blobId, '')).status, 200);
});

test('who has too much waiting loses the oldest', async () => {
  const ivan = await app.person('Ivan');
  const { db } = app.world;
  const first = await putBlob(ivan.context, { accountId: ivan.id, data: Uint8Array.of(9), type: null });
  await db.transaction((tx) =>
    tx.run(
      tx.build
        .updateTable('blob')
        .set({ size: maxUnreferencedSize - 10 })
        .where('id', '=', first),
    ),
  );
  app.turnClock(1000);
  const second = await putBlob(ivan.context, { accountId: ivan.id, data: new Uint8Array(9), type: null });
  assert.equal((await download(ivan, first, '')).status, 200);
  app.turnClock(1000);
  await putBlob(ivan.context, { accountId: ivan.id, data: new Uint8Array(5), type: null });
  assert.equal((await download(ivan, first, '')).status, 404);
  assert.equal((await download(ivan, second, '')).status, 200);
});
