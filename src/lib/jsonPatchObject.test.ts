import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from './json.ts';
import { applyPatch, InvalidPatch, patchedProperties } from './jsonPatchObject.ts';

const card: JsonObject = {
  name: 'Ada',
  emails: { e1: { address: 'a@x.example', label: 'old' } },
  list: [{ a: 1 }],
  'a/b': { 'c~d': 1 },
};

function refuses(patch: JsonObject): void {
  assert.throws(() => applyPatch(card, patch), InvalidPatch, JSON.stringify(patch));
}

test('a patch sets, adds and removes by pointer and leaves the original alone', () => {
  const before = structuredClone(card);
  const patched = applyPatch(card, {
    name: 'Ben',
    'emails/e1/label': null,
    'emails/e2': { address: 'b@x.example' },
    note: 'new',
  });
  assert.deepEqual(patched, {
    ...card,
    name: 'Ben',
    note: 'new',
    emails: { e1: { address: 'a@x.example' }, e2: { address: 'b@x.example' } },
  });
  assert.deepEqual(card, before);
});

test('~1 is a slash and ~0 is a tilde in a pointer', () => {
  assert.deepEqual(applyPatch(card, { 'a~1b/c~0d': 2 })['a/b'], { 'c~d': 2 });
  refuses({ 'a~2b': 1 });
});

test('removing what is not there changes nothing', () => {
  assert.deepEqual(applyPatch(card, { absent: null, 'emails/e9': null }), card);
});

test('a pointer into an array is refused, replacing the array is not', () => {
  refuses({ 'list/0': {} });
  refuses({ 'list/0/a': 2 });
  refuses({ 'list/-': 2 });
  assert.deepEqual(applyPatch(card, { list: [] })['list'], []);
});

test('all parts before the last must exist on the object as it was', () => {
  refuses({ 'absent/x': 1 });
  refuses({ 'name/x': 1 });
  refuses({ phones: {}, 'phones/p1': { number: '1' } });
});

test('one pointer may not be the prefix of another, in whichever order', () => {
  refuses({ emails: {}, 'emails/e1': null });
  refuses({ 'emails/e1/label': 'x', 'emails/e1': null });
  refuses({ 'emails/e1/label': null, emails: null });
  assert.doesNotThrow(() => applyPatch(card, { 'emails/e1': null, 'emails/e10': {} }));
});

test('names of the prototype are names like any other', () => {
  const patched = applyPatch(card, JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}') as JsonObject);
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  assert.ok(Object.hasOwn(patched, '__proto__'));
  refuses({ 'constructor/prototype/x': 1 });
});

test('the touched properties are the first parts of the pointers', () => {
  assert.deepEqual(patchedProperties({ 'emails/e1': null, 'emails/e2': {}, name: 'x' }), ['emails', 'name']);
});

test('thousands of pointers into one object copy it once', () => {
  const emails = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`e${index}`, index]));
  const patch = Object.fromEntries(
    Object.keys(emails).map((name, index) => [`emails/${name}`, index % 2 ? null : 'new']),
  );
  const started = process.cpuUsage();
  const patched = applyPatch({ emails }, patch);
  assert.ok(process.cpuUsage(started).user < 2_000_000);
  assert.equal(Object.keys(patched['emails'] as JsonObject).length, 10_000);
  assert.equal(Object.keys(emails).length, 20_000);
});
