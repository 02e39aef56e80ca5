import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { chooseLanguage } from './messages.ts';

interface Leaf {
  readonly path: string;
  readonly value: unknown;
}

function leaves(value: unknown, path = ''): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, below]) => leaves(below, `${path}.${key}`));
}

/** A function's sentence: a name serves for every argument, as a count it is « NaN », which is a plural too. */
function said(value: unknown): string {
  if (typeof value === 'string') return value;
  assert.equal(typeof value, 'function');
  return String((value as (...given: unknown[]) => unknown)('Nom', 'Nom', 'Nom', 'Nom'));
}

test('both languages have the same sentences', () => {
  assert.deepEqual(
    leaves(fr).map((leaf) => leaf.path),
    leaves(en).map((leaf) => leaf.path),
  );
  for (const [index, leaf] of leaves(fr).entries())
    assert.equal(typeof leaves(en)[index]?.value, typeof leaf.value, leaf.path);
});

test('French has typographic apostrophes and no-break spaces where its typography wants them', () => {
  for (const { path, value } of leaves(fr)) {
    const sentence = said(value);
    assert.doesNotMatch(sentence, /['"]/, path);
    assert.doesNotMatch(sentence, / [;:!?»]|« /, path);
    assert.doesNotMatch(sentence, /[^\u202f\u00a0][;!?»](\s|$)|«[^\u202f\u00a0]/, path);
  }
});

test('English has typographic apostrophes and quotation marks', () => {
  for (const { path, value } of leaves(en)) assert.doesNotMatch(said(value), /['"«»]/, path);
});

test('French counts 0 and 1 as singular and writes thousands with a narrow space', () => {
  assert.equal(fr.common.contactCount(1), '1 contact');
  assert.equal(fr.common.matches(0), '0 correspondance');
  assert.equal(fr.common.contactCount(50000), '50\u202f000 contacts');
  assert.equal(fr.common.contactCount(1_000_000), '1\u202f000\u202f000 contacts');
});

test('the language is the chosen one, else the browser’s first known one, else French', () => {
  assert.equal(chooseLanguage('en', ['fr-FR']), 'en');
  assert.equal(chooseLanguage(null, ['de-DE', 'en-GB', 'fr-FR']), 'en');
  assert.equal(chooseLanguage(null, ['de-DE']), 'fr');
});
