import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalDn } from './normalDn.ts';

for (const [one, other] of [
  ['uid=dora,ou=people,dc=demo,dc=example', 'UID=Dora, OU=People,DC=demo ,dc=EXAMPLE'],
  ['cn=Démo\\2C Dora,dc=demo', 'cn="Démo, Dora",dc=demo'],
  ['cn=Démo\\, Dora,dc=demo', 'cn=D\\C3\\A9mo\\2c Dora,dc=demo'],
  ['cn=De\u0301mo,dc=demo', 'cn=démo,dc=demo'],
  ['cn=a\\+b+uid=x,dc=demo', 'uid=x+cn=a\\2Bb,dc=demo'],
  ['cn=two  spaces,dc=demo', 'cn=two spaces,dc=demo'],
  ['cn=x\\ ,dc=demo', 'cn=x\\20,dc=demo'],
  ['OID.2.5.4.3=x', '2.5.4.3=x'],
  ['cn=x;dc=demo', 'cn=x,dc=demo'],
] as const) {
  test(`${one} is ${other}`, () => {
    assert.ok(normalDn(one));
    assert.equal(normalDn(one), normalDn(other));
  });
}

test('what is different stays different, and what is no name is none', () => {
  assert.notEqual(normalDn('cn=a\\,b,dc=demo'), normalDn('cn=a,b=,dc=demo'));
  assert.notEqual(normalDn('cn=e,dc=demo'), normalDn('cn=é,dc=demo'));
  for (const text of ['', 'dora', 'dora@demo.example', 'cn=x,demo', '=x', 'cn = ,']) assert.equal(normalDn(text), null);
});
