import { join } from 'node:path';
import { createChanges } from '../../src/core/change/hub.ts';
import type { Context, World } from '../../src/core/context.ts';
import { openSqlite } from '../../src/db/sqlite.ts';

/** The program's operations on the database of a folder, without a server: to fill it. */
export type BenchWorld = AsyncDisposable & { readonly world: World; as(personId: string): Context };

/** Where the database of a folder lies. */
export const databaseFile = (folder: string): string => join(folder, 'coterie.db');

/** Opens it while no server runs. Nobody misses what a power cut takes. */
export async function openBenchWorld(folder: string): Promise<BenchWorld> {
  const db = await openSqlite(databaseFile(folder), { durable: false });
  const world: World = {
    db,
    now: () => new Date(),
    hub: createChanges(() => undefined),
    settings: {
      publicUrl: 'https://contacts.demo.example',
      trashDays: 30,
      linkKey: new Uint8Array(32),
      maxCardSize: 1_000_000,
      maxCardsPerAccount: 1_000_000,
      organisation: 'Demo',
      mailEnabled: false,
      mailFrom: 'contacts@demo.example',
    },
  };
  return {
    world,
    as: (personId) => ({ ...world, actor: { principalId: personId, language: 'fr' } }),
    [Symbol.asyncDispose]: () => db.close(),
  };
}
