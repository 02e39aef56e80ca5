import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestApp } from '../../kit/world.ts';
import { createMirror, types } from './model/mirror.ts';
import { createPlay, step } from './model/play.ts';
import { createFollower, queries } from './model/query.ts';

/** COTERIE_TEST_PLAYS says how many plays, COTERIE_TEST_SEED from which number on: a failed play is played again by it. */
const plays = Number(process.env['COTERIE_TEST_PLAYS'] ?? 3);
const first = Number(process.env['COTERIE_TEST_SEED'] ?? 1);
const seconds = 2;
/** On a machine that has other things to do. */
const leastRounds = 4;

for (let seed = first; seed < first + plays; seed++) {
  test(`whatever three people do in a shared account, changes lead to what get and query say (play ${seed})`, async () => {
    await using app = await createTestApp();
    const play = await createPlay(app, seed);
    const mirrors = play.people.flatMap((person) =>
      types.flatMap((type) => [1, 3, 50].map((maxChanges) => createMirror(person, app.ada.id, type, maxChanges))),
    );
    const followers = play.people.flatMap((person) =>
      queries.map((query) => createFollower(person, app.ada.id, query)),
    );
    const deadline = performance.now() + seconds * 1000;
    for (let round = 0; round < leastRounds || performance.now() < deadline; round++) {
      for (let turn = 0; turn < 8; turn++) await step(play);
      for (const mirror of mirrors) await mirror.sync();
      for (const mirror of mirrors) await mirror.compare();
      for (const follower of followers) await follower.sync();
      for (const follower of followers) await follower.compare();
    }
    assert.deepEqual(app.faults, []);
  });
}
