import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blobIdsIn, joinMedia, readDataUri, sniffImage, splitMedia, writeDataUri, type MediaBlob } from './media.ts';
import type { Card } from './types.ts';

const card: Card = {
  '@type': 'Card',
  version: '1.0',
  uid: 'u',
  media: {
    p: { kind: 'photo', uri: 'data:image/png;base64,iVBORw0KGgo=' },
    l: { kind: 'logo', uri: 'https://demo.example/l.png' },
  },
};

test('data: URIs become blobs and come back the same', () => {
  const blobs = new Map<string, MediaBlob>();
  const split = splitMedia(card, (blob) => {
    blobs.set('b1', blob);
    return 'b1';
  });
  assert.deepEqual(split.media!['p'], { kind: 'photo', blobId: 'b1', mediaType: 'image/png' });
  assert.deepEqual(split.media!['l'], card.media!['l']);
  assert.deepEqual(blobIdsIn(split), ['b1']);
  assert.deepEqual(
    joinMedia(split, (id) => blobs.get(id)),
    card,
  );
});

test('an unknown blob stays as it is asked for', () => {
  const asked: Card = { ...card, media: { p: { kind: 'photo', blobId: 'gone' } } };
  assert.deepEqual(
    joinMedia(asked, () => undefined),
    asked,
  );
});

test('data: URIs are read in each of their forms, broken ones are none', () => {
  assert.deepEqual(readDataUri('data:,a%20b'), { mediaType: 'text/plain', bytes: new TextEncoder().encode('a b') });
  assert.deepEqual(readDataUri('data:image/gif;x=y;base64,AAE='), {
    mediaType: 'image/gif',
    bytes: Uint8Array.of(0, 1),
  });
  for (const broken of ['data:image/gif;base64,***', 'data:nothing', 'https://demo.example/', 'data:,%ff%'])
    assert.equal(readDataUri(broken), undefined);
});

test('large contents are written whole', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
  assert.deepEqual(readDataUri(writeDataUri({ bytes, mediaType: 'image/webp' })), { bytes, mediaType: 'image/webp' });
});

test('images are known by their bytes, not by their names', () => {
  assert.equal(sniffImage(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)), 'image/jpeg');
  assert.equal(sniffImage(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)), 'image/png');
  assert.equal(sniffImage(new TextEncoder().encode('GIF89a...')), 'image/gif');
  assert.equal(sniffImage(new TextEncoder().encode('RIFF....WEBPVP8 ')), 'image/webp');
  assert.equal(sniffImage(new TextEncoder().encode('<svg onload="x">')), null);
  assert.equal(sniffImage(new Uint8Array()), null);
});
