/**
 * Three people work in one account at random, with windows that lose their connections. COTERIE_TEST_PLAYS says how many
 * plays (default 2), COTERIE_TEST_SEED from which number on: a play that failed is played again by its number alone.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestApp } from '../../kit/world.ts';
import { createPlay, step } from './model/play.ts';
import { createWatch } from './model/secrets.ts';
import { openWindow } from './model/window.ts';

const plays = Number(process.env['COTERIE_TEST_PLAYS'] ?? 2);
const first = Number(process.env['COTERIE_TEST_SEED'] ?? 1);
const rounds = 8;
const stepsPerRound = 8;

for (let seed = first; seed < first + plays; seed++) {
  test(`push tells each window what moved for it and nothing else, and nothing leaks (play ${seed})`, async () => {
    await using app = await createTestApp();
    const play = await createPlay(app, seed);
    const [owner, ...readers] = play.people;
    const windows = new Map(
      await Promise.all(play.people.map(async (person) => [person, await openWindow(person)] as const)),
    );
    const watches = readers.map((reader) => ({ reader, watch: createWatch(owner!, reader, play.uploads) }));
    for (let round = 0; round < rounds; round++) {
      for (const window of windows.values()) if (play.next(3) === 0) window.lose();
      for (let turn = 0; turn < stepsPerRound; turn++) await step(play);
      for (const window of windows.values()) await window.check();
      for (const { reader, watch } of watches) await watch.look(windows.get(reader)!.payloads());
    }
    for (const window of windows.values()) window.close();
    assert.deepEqual(app.faults, []);
  });
}
