import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { duplicateOperations } from './duplicateOperations.ts';
import { importOperations } from './importOperations.ts';
import { operations } from './operations.ts';
import type { Answer, Need, Operation } from './attempts.ts';
import { openScene } from './states.ts';
import type { Scene, State } from './states.ts';

/**
 * What a state gives, in the order: see, read, add, write, share, own, delete a sub-folder, open the link.
 * y: yes, f: forbidden (one may know that it is there), a: absent (one may not).
 */
export type Row = string;

const needs: readonly Need[] = ['see', 'read', 'add', 'write', 'share', 'own', 'deleteSub', 'link'];
const answers: Readonly<Record<string, Answer>> = { y: 'yes', f: 'forbidden', a: 'absent' };

/** Operations on things of which a reader of the folder may not even know are absent where others are forbidden. */
const secret = new Set([
  'reads another folder of the owner',
  'reads a card in another folder of the owner',
  'finds a card in another folder of the owner',
  'moves a card to another folder of the owner',
  'restores what the owner deleted from the folder',
  'merges a card of another folder of the owner into one of the folder',
  'undoes a merge of the owner',
  'is shown the duplicates of the folder',
  'sees the shares',
  'changes a share',
  'ends a share',
  'announces a share again',
  'sees the history of a card in another folder of the owner',
  'brings an earlier version of a card in another folder back',
  'takes another folder of the owner back to a moment',
]);

/** Tries every operation in one state; `otherwise` answers for those that are not as their need says. */
export function testRow(
  state: State,
  text: Row,
  otherwise: (operation: Operation, usual: Answer) => Answer = (_, usual) => usual,
  tried: readonly Operation[] = [...operations, ...duplicateOperations, ...importOperations],
): void {
  const row = text.trim().split(/\s+/u);
  const answerTo = (need: Need): Answer => (need === 'nobody' ? 'absent' : answers[row[needs.indexOf(need)]!]!);
  const expect = ({ name, need, first }: Operation): Answer => {
    if (first && answerTo(first) !== 'yes') return answerTo(first);
    const usual = answerTo(need);
    return usual === 'forbidden' && secret.has(name) ? 'absent' : usual;
  };
  describe(state.name, { concurrency: false }, () => {
    let shared: Scene;
    before(async () => {
      shared = await openScene(state);
    });
    after(() => shared.app.close());
    for (const operation of tried) {
      const expected = otherwise(operation, expect(operation));
      test(`${operation.name}: ${expected}`, async () => {
        // What is refused changes nothing, so that the next one may be tried on the same scene.
        const isAlone = operation.disturbs ?? (expected === 'yes' && !operation.isReading);
        const scene = isAlone ? await openScene(state) : shared;
        try {
          assert.equal(await operation.attempt(scene), expected);
          assert.deepEqual(scene.app.faults, []);
        } finally {
          if (isAlone) await scene.app.close();
        }
      });
    }
  });
}
