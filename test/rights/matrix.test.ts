import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { operations } from './operations.ts';
import type { Answer, Need, Operation } from './operations.ts';
import { openScene, states } from './states.ts';
import type { Scene } from './states.ts';

/**
 * What each state gives, in the order: see, read, write, share, own, delete a sub-folder, open the link.
 * y: yes, f: forbidden (one may know that it is there), a: absent (one may not).
 */
const matrix: Readonly<Record<string, string>> = {
  //                                              see read write share own deleteSub link
  owner: '                                         y   y    y     y    y   y         a',
  'admin, accepted': '                             y   y    y     y    f   y         a',
  'manager, accepted': '                           y   y    y     f    f   y         a',
  'viewer, accepted': '                            y   y    f     f    f   f         a',
  'none, accepted': '                              a   a    a     a    a   a         a',
  'admin, waiting': '                              a   y    y     y    f   y         a',
  'manager, waiting': '                            a   y    y     f    f   y         a',
  'viewer, waiting': '                             a   y    f     f    f   f         a',
  'none, waiting': '                               a   a    a     a    a   a         a',
  'admin, declined': '                             a   a    a     a    a   a         a',
  'manager, declined': '                           a   a    a     a    a   a         a',
  'viewer, declined': '                            a   a    a     a    a   a         a',
  'manager, ended by the owner': '                 a   a    a     a    a   a         a',
  'manager, past the end date': '                  a   a    a     a    a   a         a',
  'member of a group that is manager': '           y   y    y     f    f   y         a',
  'former member of a group that is manager': '    a   a    a     a    a   a         a',
  'viewer who is manager through a group': '       y   y    y     f    f   y         a',
  'viewer through a group, « none » in person': '  y   y    f     f    f   f         a',
  'guest, who came': '                             y   y    f     f    f   f         a',
  'guest, ended by the owner': '                   a   a    a     a    a   a         a',
  stranger: '                                      a   a    a     a    a   a         a',
  'anybody with the public link': '                a   a    a     a    a   a         y',
};

const needs: readonly Need[] = ['see', 'read', 'write', 'share', 'own', 'deleteSub', 'link'];
const answers: Readonly<Record<string, Answer>> = { y: 'yes', f: 'forbidden', a: 'absent' };

/** Operations on things of which a reader of the folder may not even know are absent where others are forbidden. */
const secret = new Set([
  'reads another folder of the owner',
  'reads a card in another folder of the owner',
  'finds a card in another folder of the owner',
  'moves a card to another folder of the owner',
  'restores what the owner deleted from the folder',
  'sees the shares',
  'changes a share',
  'ends a share',
  'announces a share again',
]);

/** What needs a folder of one's own to put something into: guests have none. */
const keeping = new Set(['copies a card to their own account']);

test('the matrix has a row for every state and no other', () => {
  assert.deepEqual(Object.keys(matrix).sort(), states.map((state) => state.name).sort());
});

for (const state of states) {
  const row = matrix[state.name]!.trim().split(/\s+/u);
  const answerTo = (need: Need): Answer => (need === 'nobody' ? 'absent' : answers[row[needs.indexOf(need)]!]!);
  const expect = ({ name, need, first }: Operation): Answer => {
    if (first && answerTo(first) !== 'yes') return answerTo(first);
    if (state.name.startsWith('guest') && keeping.has(name)) return 'absent';
    const usual = answerTo(need);
    return usual === 'forbidden' && secret.has(name) ? 'absent' : usual;
  };
  describe(state.name, { concurrency: false }, () => {
    let shared: Scene;
    before(async () => {
      shared = await openScene(state);
    });
    after(() => shared.app.close());
    for (const operation of operations) {
      const expected = expect(operation);
      test(`${operation.name}: ${expected}`, async () => {
        const scene = operation.isReading ? shared : await openScene(state);
        try {
          assert.equal(await operation.attempt(scene), expected);
          assert.deepEqual(scene.app.faults, []);
        } finally {
          if (!operation.isReading) await scene.app.close();
        }
      });
    }
  });
}
