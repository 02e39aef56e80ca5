import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestApp } from '../../kit/world.ts';
import { createMirror, types } from './model/mirror.ts';
import { createPlay, step } from './model/play.ts';

for (const seed of [1, 2, 3]) {
  test(`whatever three people do in a shared account, changes lead to what get says (play ${seed})`, async () => {
    await using app = await createTestApp();
    const play = await createPlay(app, seed);
    const mirrors = play.people.flatMap((person) =>
      types.flatMap((type) => [1, 3, 50].map((maxChanges) => createMirror(person, app.ada.id, type, maxChanges))),
    );
    const deadline = performance.now() + 2_000;
    for (let round = 0; round < 12 && performance.now() < deadline; round++) {
      for (let turn = 0; turn < 8; turn++) await step(play);
      for (const mirror of mirrors) await mirror.sync();
      for (const mirror of mirrors) await mirror.compare();
    }
    assert.deepEqual(app.faults, []);
  });
}
