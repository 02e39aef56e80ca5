import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { davOperations } from './carddavOperations.ts';
import type { DavNeed } from './carddavOperations.ts';
import type { Answer } from './attempts.ts';
import { openScene, states } from './states.ts';
import type { Scene } from './states.ts';

/**
 * What each state gives to programs, in the order: read, add, write, share, own, delete a sub-folder, leave. What waits is not
 * there for them. y: yes, f: forbidden (one may know that it is there), a: absent (one may not).
 */
const matrix: Readonly<Record<string, string>> = {
  owner: '                                         y y y y y y f',
  'admin, accepted': '                             y y y y a y y',
  'manager, accepted': '                           y y y f a y y',
  'contributor, accepted': '                       y y f f a f y',
  'viewer, accepted': '                            y f f f a f y',
  'member of a group that is manager': '           y y y f a y y',
  'viewer who is manager through a group': '       y y y f a y y',
  'viewer through a group, « none » in person': '  y f f f a f y',
  'guest who contributes': '                       y y f f a f y',
  'member of a group that is contributor': '       y y f f a f y',
  'contributor whose share is to look only, now': 'y f f f a f y',
  'guest, who came': '                             y f f f a f y',
};
const nothing = 'a a a a a a a';

const needs: readonly DavNeed[] = ['read', 'add', 'write', 'share', 'own', 'deleteSub', 'leave'];
const answers: Readonly<Record<string, Answer>> = { y: 'yes', f: 'forbidden', a: 'absent' };

test('the matrix has no row for a state that there is not', () => {
  const names = new Set(states.map((state) => state.name));
  assert.deepEqual(
    Object.keys(matrix).filter((name) => !names.has(name)),
    [],
  );
});

for (const state of states) {
  const row = (matrix[state.name] ?? nothing).trim().split(' ');
  describe(`${state.name}, by CardDAV`, { concurrency: false }, () => {
    let shared: Scene;
    before(async () => {
      shared = await openScene(state);
    });
    after(() => shared.app.close());
    for (const { name, need, attempt } of davOperations) {
      const isKeeping = state.name.startsWith('guest') && name.includes('their own');
      const expected = isKeeping ? 'absent' : answers[row[needs.indexOf(need)]!]!;
      test(`${name}: ${expected}`, async () => {
        // What is refused changes nothing: only what succeeds needs a scene of its own.
        const isAlone = expected === 'yes' && need !== 'read';
        const scene = isAlone ? await openScene(state) : shared;
        try {
          assert.equal(await attempt(scene), expected);
          assert.deepEqual(scene.app.faults, []);
        } finally {
          if (isAlone) await scene.app.close();
        }
      });
    }
  });
}
