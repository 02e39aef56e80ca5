import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Suggestion } from '../../../client/src/types.ts';
import {
  addChips,
  checked,
  chipKey,
  type ChipContext,
  isSendable,
  recognised,
  refusedChip,
  replaceChip,
  suggestedChip,
  typedChip,
} from './chips.ts';

const context: ChipContext = {
  type: 'principal',
  ownEmail: 'ada@demo.example',
  ownPrincipalId: 'ada',
  ownerPrincipalId: 'ada',
};
const typed = (email: string, over: Partial<ChipContext> = {}) =>
  typedChip({ name: null, email }, { ...context, ...over });
const ben: Suggestion = {
  name: 'Ben Durand',
  email: 'ben@demo.example',
  kind: 'individual',
  principalId: 'ben',
  memberCount: null,
};

test('an incomplete address and one’s own address are wrong at once, the others wait for the server', () => {
  assert.equal(typed('chloe').problem, 'invalid');
  assert.equal(typed('chloe@').problem, 'invalid');
  assert.equal(typed('ADA@demo.example').problem, 'self');
  assert.equal(typed('chloe@demo.example').problem, null);
});

test('a group without an address is known by its id, and is no guest', () => {
  const group: Suggestion = { name: 'Accueil', email: null, kind: 'group', principalId: 'g1', memberCount: 3 };
  const chip = suggestedChip(group, context);
  assert.deepEqual([chipKey(chip), chip.problem], ['g1', null]);
  assert.equal(checked(chip, { ...context, type: 'guest' }).problem, 'invalid');
  assert.equal(addChips([chip], [suggestedChip(group, context)]).length, 1);
});

test('the owner of a folder that one administers is not asked again', () => {
  const chip = suggestedChip(ben, { ...context, ownerPrincipalId: 'ben' });
  assert.equal(chip.problem, 'owner');
  assert.equal(isSendable(chip), false);
});

test('an address comes once, and keeps what was said of it', () => {
  const chips = addChips(
    [refusedChip(typed('chloe@demo.example'), { type: 'unknownPrincipal' })],
    [typed('Chloe@demo.example'), typed('ben@demo.example')],
  );
  assert.deepEqual(
    chips.map(({ email, problem }) => [email, problem]),
    [
      ['chloe@demo.example', 'unknown'],
      ['ben@demo.example', null],
    ],
  );
});

test('the directory gives a typed address its name, or says that nobody has it', () => {
  const known = recognised(typed('ben@demo.example'), ben, context);
  assert.deepEqual([known.name, known.principalId, known.kind], ['Ben Durand', 'ben', 'individual']);
  assert.equal(recognised(typed('zoe@demo.example'), undefined, context).problem, 'unknown');
  assert.equal(recognised(typed('zoe@elsewhere.example'), undefined, { ...context, type: 'guest' }).problem, null);
  assert.equal(recognised(typed('ada@demo.example'), undefined, context).problem, 'self');
});

test('a part of a name becomes the only person who has it, once', () => {
  const byName = typed('durand');
  assert.equal(byName.problem, 'invalid');
  const chips = replaceChip([suggestedChip(ben, context), byName], 'durand', (chip) => recognised(chip, ben, context));
  assert.deepEqual(
    chips.map(({ email }) => email),
    ['ben@demo.example'],
  );
});

test('an address that seems unknown is still sent: the server decides', () => {
  assert.equal(isSendable(recognised(typed('zoe@demo.example'), undefined, context)), true);
  assert.equal(isSendable(typed('zoe')), false);
});

test('what the server refused stays beside its address, with the share that there is already', () => {
  const chip = refusedChip(typed('ben@demo.example'), { type: 'shareExists', existingId: 's1' });
  assert.deepEqual([chip.problem, chip.existingId], ['exists', 's1']);
  assert.equal(refusedChip(chip, { type: 'serverFail' }).problem, 'failed');
  assert.deepEqual([checked(chip, context).problem, checked(chip, context).existingId], [null, null]);
});

test('a chip that was removed meanwhile does not come back', () => {
  const chip = typed('ben@demo.example');
  assert.deepEqual(
    replaceChip([], chipKey(chip), (one) => ({ ...one, problem: 'failed' })),
    [],
  );
});
