import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isEmailAddress } from './emailAddress.ts';

test('addresses that people have are addresses', () => {
  for (const address of [
    'ada@demo.example',
    'a.b+c@demo.example',
    "o'neil@x.example",
    'é@démo.example',
    'root@localhost',
  ]) {
    assert.ok(isEmailAddress(address), address);
  }
});

test('what is no address, or would add a header or a second recipient, is none', () => {
  const wrong = ['', 'ada', '@demo.example', 'ada@', 'a b@c.example', 'a@@b.example', '<a@b.example>', 'a@b..example'];
  const injected = ['a@b.example\r\nBcc: x@y.example', 'a@b.example,c@d.example', 'a@b.example;c@d.example'];
  const long = [`${'a'.repeat(65)}@b.example`, `a@${'b.'.repeat(130)}example`];
  for (const address of [...wrong, ...injected, ...long]) assert.ok(!isEmailAddress(address), address);
});
