import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanName, readPersonName } from './personName.ts';

const names: readonly (readonly [written: string, shown: string | null])[] = [
  ['Marie Dupont', 'Marie - Dupont'],
  ['Marie', '- - Marie'],
  ['Marie Anne Claire Dupont', 'Marie Anne Claire Dupont'],
  ['Dupont, Marie', 'Marie - Dupont'],
  ['"Dupont, Marie"', 'Marie - Dupont'],
  ['DUPONT Marie', 'Marie - DUPONT'],
  ['Marie LE GOFF', 'Marie - LE GOFF'],
  ['MARIE DUPONT', 'MARIE - DUPONT'],
  ['J. Dupont', 'J. - Dupont'],
  ["'Marie Dupont'", 'Marie - Dupont'],
  ['« Marie Dupont »', 'Marie - Dupont'],
  ['Marie Dupont (DSI)', 'Marie - Dupont'],
  ['Marie Dupont [externe]', 'Marie - Dupont'],
  ['FranÃ§ois NoÃ«l', 'François - Noël'],
  ['Ã‰lodie Dâ€™Arc', 'Élodie - D’Arc'],
  ['François Noël', 'François - Noël'],
  ['Marie\u202e Dupont\u200b', 'Marie - Dupont'],
  ['Marie\r\nBcc: Dupont', 'Marie Bcc: Dupont'],
  ['李小龍', '- - 李小龍'],
  ['O’Neill, Ciarán', 'Ciarán - O’Neill'],
  ["Siobhán O'Neill", "Siobhán - O'Neill"],
  ['marie.dupont@demo.example', null],
  ["'marie.dupont@demo.example'", null],
  ['marie.dupont', null],
  ['', null],
  ['  "" ', null],
  ['+33 1 23 45', null],
  ['\u202e\u0000', null],
];

for (const [written, shown] of names) {
  test(`${JSON.stringify(written)} is ${shown === null ? 'no name' : `the name ${shown}`}`, () => {
    const name = readPersonName(written, 'marie.dupont@demo.example');
    assert.equal(name && [name.given ?? '-', name.given2 ?? '-', name.surname].join(' '), shown);
  });
}

test('a name of a million characters is cut', () => {
  assert.equal([...cleanName('é'.repeat(1_000_000))].length, 200);
});
