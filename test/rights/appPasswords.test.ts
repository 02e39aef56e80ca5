import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appPasswordStates } from './appPasswordStates.ts';
import { deviceOperations } from './deviceOperations.ts';
import { duplicateOperations } from './duplicateOperations.ts';
import { operations } from './operations.ts';
import type { Answer, Operation } from './attempts.ts';
import { testRow } from './testRow.ts';

/** The columns are those of matrix.test.ts. */
const matrix: Readonly<Record<string, string>> = {
  //                                              see read add write share own deleteSub link
  'owner, by an app password': '                   y   y    y   y     y    y   y         a',
  'owner, by one that reads only': '               y   y    f   f     f    f   f         a',
  'owner, by one for the folder': '                y   y    y   y     f    f   a         a',
  'owner, by one that reads the folder only': '    y   y    f   f     f    f   a         a',
  'manager, by an app password': '                 y   y    y   y     f    f   y         a',
  'manager, by one that reads only': '             y   y    f   f     f    f   f         a',
  'manager, by one for the folder': '              y   y    y   y     f    f   a         a',
  'manager, by one that reads the folder only': '  y   y    f   f     f    f   a         a',
  'manager, by one for another folder': '          a   a    a   a     a    a   a         a',
};

/** By one for a folder, those below it are not there, nor is anything else of the person's. */
const alone: Readonly<Record<string, Answer>> = {
  'reads a sub-folder': 'absent',
  'moves a card to a sub-folder': 'absent',
  'moves a card that they added to a sub-folder, and changes it there': 'absent',
  'deletes a card that they added, and takes it back': 'forbidden',
  'makes a sub-folder': 'forbidden',
  'copies a card to their own account': 'absent',
};

test('the matrix has a row for every state and no other', () => {
  assert.deepEqual(Object.keys(matrix).sort(), appPasswordStates.map((state) => state.name).sort());
});

const tried = [...operations, ...deviceOperations, ...duplicateOperations];
for (const state of appPasswordStates) testRow(state, matrix[state.name]!, otherwiseIn(state.name), tried);

function otherwiseIn(state: string): (operation: Operation, usual: Answer) => Answer {
  const isOwner = state.startsWith('owner');
  const isLimited = state !== 'owner, by an app password' && state !== 'manager, by an app password';
  const isOneFolder = state.includes('folder');
  return ({ name, need, isReading }, usual) => {
    // The owner has the card already; a program that reads only has nowhere to copy it to.
    if (name === 'copies a card to their own account' && isOwner) return usual;
    if (name === 'copies a card to their own account' && isLimited && !isOneFolder) return 'forbidden';
    if (name.startsWith('restores') && isLimited && (isOwner || isOneFolder)) return 'forbidden';
    // Duplicates lie in no folder alone, and what was merged shows to its owner.
    if (/merge|duplicates/u.test(name) && isOneFolder) return 'forbidden';
    if (name.startsWith('undoes a merge') && isOwner && isLimited) return 'forbidden';
    // What the owner may read elsewhere a program that reads only cannot bring back.
    if (/^(?:brings|takes) .*another folder/u.test(name) && isOwner && isLimited && !isOneFolder) return 'forbidden';
    // What the owner may read elsewhere is theirs to read, by a program that reads only, too.
    if (isOwner && isReading && need === 'own') return isOneFolder ? 'absent' : 'yes';
    if (isOneFolder && name === 'renames a sub-folder for all') return 'absent';
    if (isOneFolder && usual === 'yes') return alone[name] ?? usual;
    return usual;
  };
}
