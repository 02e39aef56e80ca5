import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChanges } from '../../src/core/change/hub.ts';
import type { Context, World } from '../../src/core/context.ts';
import { forgetTestDatabase, openTestDatabase } from './testDatabase.ts';

/** A world of its own on a database that is gone after the test, with a clock that the test turns. */
export type TestWorld = World & {
  clock: Date;
  as(personId: string, language?: 'fr' | 'en'): Context;
} & AsyncDisposable;

/** Opens a world; `await using` closes it. */
export async function openTestWorld(settings: Partial<World['settings']> = {}): Promise<TestWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const db = await openTestDatabase(folder);
  const world: TestWorld = {
    db,
    clock: new Date('2026-03-02T09:00:00.000Z'),
    now: () => world.clock,
    hub: createChanges((error) => {
      throw error;
    }),
    settings: {
      publicUrl: 'https://contacts.demo.example',
      trashDays: 30,
      linkKey: new Uint8Array(32).fill(7),
      maxCardSize: 10_000_000,
      maxCardsPerAccount: 100_000,
      organisation: 'Université de Démonstration',
      mailEnabled: true,
      mailFrom: 'contacts@demo.example',
      ...settings,
    },
    as: (principalId, language = 'fr') => ({ ...world, now: () => world.clock, actor: { principalId, language } }),
    async [Symbol.asyncDispose]() {
      await db.close();
      await forgetTestDatabase(folder);
      await rm(folder, { recursive: true });
    },
  };
  return world;
}
