import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { test } from 'node:test';
import { areDeviceKeys, encrypt, maxMessageSize } from './encrypt.ts';
import { createStrangerPost, ForbiddenAddress } from './postToStranger.ts';
import { isPublicAddress } from './publicAddress.ts';
import { createVapidKey, openVapidKey } from './vapid.ts';

const octets = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));

/** RFC 8291, Appendix A. */
const example = {
  message: 'When I grow up, I want to be a watermelon',
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  privateKey: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  sealed:
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
};
const keys = { p256dh: octets(example.p256dh), auth: octets(example.auth) };

test('the example of RFC 8291 is encrypted as it stands there', () => {
  const chance = { salt: octets(example.salt), privateKey: octets(example.privateKey) };
  const sealed = encrypt(Buffer.from(example.message), keys, chance);
  assert.equal(Buffer.from(sealed).toString('base64url'), example.sealed);
});

test('no two messages are encrypted alike, and the longest makes a record of 4096 octets', () => {
  const message = new Uint8Array(maxMessageSize);
  const [one, two] = [encrypt(message, keys), encrypt(message, keys)];
  assert.notDeepEqual(one, two);
  assert.equal(one.length, 4096);
});

test('keys that are no point on the curve, or too short, are no keys of a device', () => {
  assert.ok(areDeviceKeys(keys));
  const off = keys.p256dh.with(64, keys.p256dh[64]! ^ 1);
  assert.ok(!areDeviceKeys({ ...keys, p256dh: off }));
  assert.ok(!areDeviceKeys({ ...keys, p256dh: keys.p256dh.slice(1) }));
  assert.ok(!areDeviceKeys({ ...keys, auth: keys.auth.slice(1) }));
});

test('a push service can check who pushes, with nothing but the key that was announced', () => {
  const now = new Date('2026-03-02T09:00:00Z');
  const key = openVapidKey(createVapidKey(), 'mailto:contacts@demo.example');
  const header = key.authorize(new URL('https://push.demo.example:8443/a/b?c'), now);
  const [, content, signature, announced] = /^vapid t=([\w-]+\.[\w-]+)\.([\w-]+), k=([\w-]+)$/u.exec(header)!;
  assert.equal(announced, key.publicKey);
  const point = octets(key.publicKey);
  assert.deepEqual([point.length, point[0]], [65, 4]);
  const part = (start: number) => Buffer.from(point.slice(start, start + 32)).toString('base64url');
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: part(1), y: part(33) }, format: 'jwk' });
  assert.ok(verify('sha256', Buffer.from(content!), { key: publicKey, dsaEncoding: 'ieee-p1363' }, octets(signature!)));
  const claims: unknown = JSON.parse(Buffer.from(content!.split('.')[1]!, 'base64url').toString());
  assert.deepEqual(claims, {
    aud: 'https://push.demo.example:8443',
    exp: now.getTime() / 1000 + 12 * 3600,
    sub: 'mailto:contacts@demo.example',
  });
});

test('a key that was kept is the same key', () => {
  const kept = createVapidKey();
  assert.equal(openVapidKey(kept, 'mailto:a@b').publicKey, openVapidKey(kept, 'mailto:a@b').publicKey);
});

test('addresses of this machine, of a house and of no place are not public', () => {
  const ours = ['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'];
  const nowhere = ['224.0.0.1', '255.255.255.255', '192.0.2.1', '203.0.113.9', '2001:db8::1', '2002:7f00:1::'];
  const ours6 = ['::1', '::', 'fe80::1', 'fd00::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1', 'ff02::1', 'localhost', ''];
  for (const address of [...ours, ...nowhere, ...ours6]) assert.ok(!isPublicAddress(address), address);
  for (const address of ['8.8.8.8', '172.32.0.1', '2606:4700::1111']) assert.ok(isPublicAddress(address), address);
});

test('a stranger cannot make the server call itself, by whatever name', async () => {
  const stranger = createStrangerPost({ allowPrivate: false });
  const urls = ['https://127.0.0.1/', 'https://localhost/', 'https://[::1]/', 'https://0x7f.1/', 'http://8.8.8.8/'];
  for (const url of urls)
    await assert.rejects(stranger.post(new URL(url), new Uint8Array(), {}), ForbiddenAddress, url);
  stranger.close();
});
