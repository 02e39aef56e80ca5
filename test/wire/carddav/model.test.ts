/**
 * Three people work in one account at random, by JMAP and by CardDAV; their programs go on from tokens of any age, their
 * windows from the last state, and after each round every copy is what the server has, octet by octet.
 * COTERIE_TEST_PLAYS says how many plays (default 2), COTERIE_TEST_SEED from which number on.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestApp } from '../../kit/world.ts';
import { createMirror, types } from '../jmap/model/mirror.ts';
import { createPlay, step } from '../jmap/model/play.ts';
import { createCopy } from './model/copy.ts';
import { davStep } from './model/davStep.ts';

const plays = Number(process.env['COTERIE_TEST_PLAYS'] ?? 2);
const first = Number(process.env['COTERIE_TEST_SEED'] ?? 1);
const rounds = 8;
const stepsPerRound = 8;
const versions = ['3.0', '4.0'] as const;

for (let seed = first; seed < first + plays; seed++) {
  test(`whatever three people do on the web and with devices, every copy follows from any token (play ${seed})`, async () => {
    await using app = await createTestApp();
    const play = await createPlay(app, seed);
    const copies = play.people.map((person, index) => ({
      person,
      copy: createCopy(person, play, versions[index % 2]!),
    }));
    const mirrors = play.people.flatMap((person) =>
      types.flatMap((type) => [2, 50].map((maxChanges) => createMirror(person, app.ada.id, type, maxChanges))),
    );
    for (let round = 0; round < rounds; round++) {
      for (let turn = 0; turn < stepsPerRound; turn++) {
        if (play.next(2) === 0) await step(play);
        else {
          const { person, copy } = play.pick(copies)!;
          await davStep(play, person, copy);
        }
      }
      for (const { copy } of copies) await copy.check();
      for (const mirror of mirrors) await mirror.sync();
      for (const mirror of mirrors) await mirror.compare();
    }
    assert.deepEqual(app.faults, []);
  });
}
