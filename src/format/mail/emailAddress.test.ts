import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isEmailAddress } from './emailAddress.ts';

test('addresses that people have are addresses', () => {
  for (const address of ['ada@demo.example', 'a.b+c@demo.example', "o'neil@x.example", 'é@démo.example', 'a@b.c']) {
    assert.ok(isEmailAddress(address), address);
  }
});

test('what is no address, or would add a header, is none', () => {
  const wrong = ['', 'ada', 'ada@demo', 'a b@c.example', 'a@@b.example', '<a@b.example>', 'a..b@c.example', 'a@-b.example', 'a@b.example\r\nBcc: x@y.example'];
  for (const address of [...wrong, `${'a'.repeat(65)}@b.example`, `a@${'b.'.repeat(130)}example`]) {
    assert.ok(!isEmailAddress(address), address);
  }
});
