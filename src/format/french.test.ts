import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withDe } from './french.ts';

test('« de » is elided before a vowel, with or without an accent', () => {
  assert.equal(withDe('Ada Démo'), 'd’Ada Démo');
  assert.equal(withDe('Émile'), 'd’Émile');
  assert.equal(withDe('adresse mail'), 'd’adresse mail');
});

test('« de » stays whole before everything else, nothing included', () => {
  assert.equal(withDe('Chloé Démo'), 'de Chloé Démo');
  assert.equal(withDe('Yann'), 'de Yann');
  assert.equal(withDe('2027'), 'de 2027');
  assert.equal(withDe(''), 'de ');
});
