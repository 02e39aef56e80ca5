import assert from 'node:assert/strict';
import { test } from 'node:test';
import { profiles } from './profiles.ts';
import { membersOf, referencesOf } from './references.ts';
import { valuesOf } from './values.ts';

const { attributes } = profiles.generic;
const domain = '010500000000000515000000112233445566778899aabbcc';
const sid = (last: string) => Buffer.from(domain + last, 'hex');

/** Whether a group names somebody. */
function isIn(group: object, person: object, dn = 'uid=dora,dc=demo'): boolean {
  const called = referencesOf(dn, valuesOf({ dn, ...person }), { isGroup: false, login: 'uid' });
  return membersOf(valuesOf({ dn: 'cn=g', ...group }), attributes).some((name) => called.includes(name));
}

test('groups name their members by DN in whatever spelling, by DN with a number, by login', () => {
  assert.ok(isIn({ member: 'UID=Dora, DC=demo' }, {}));
  assert.ok(isIn({ uniqueMember: "uid=dora,dc=demo#'0101'B" }, {}));
  assert.ok(isIn({ memberUid: ['emil', 'Dora'] }, { uid: 'dora' }));
  assert.ok(!isIn({ member: 'uid=emil,dc=demo', memberUid: 'emil' }, { uid: 'dora' }));
});

test('whoever has a group as the primary one is in it, though it does not say so', () => {
  assert.ok(isIn({ gidNumber: '100' }, { gidNumber: '100' }));
  assert.ok(!isIn({ gidNumber: '100' }, { gidNumber: '101' }));
  assert.ok(isIn({ objectSid: sid('01020000') }, { objectSid: sid('99090000'), primaryGroupID: '513' }));
  assert.ok(!isIn({ objectSid: sid('02020000') }, { objectSid: sid('99090000'), primaryGroupID: '513' }));
});

test('a group with the gidNumber of another is not in it', () => {
  const values = valuesOf({ dn: 'cn=h,dc=demo', gidNumber: '100' });
  assert.deepEqual(referencesOf('cn=h,dc=demo', values, { isGroup: true, login: 'uid' }), ['cn=h,dc=demo']);
});
