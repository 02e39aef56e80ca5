import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { World } from '../context.ts';
import { isFree } from '../program/heartbeat.ts';

/** Where subscriptions of devices stand. */
export type DeviceTable = 'push_subscription' | 'dav_push_subscription';

/**
 * Keeps other programs from telling a device the same; false: one of them is at it, or has just told it something, so that it was not
 * told the `same` last. Where there are no others nothing is written.
 */
export async function takeDevice(
  { db }: World,
  { table, id, same }: { readonly table: DeviceTable; readonly id: string; readonly same: RawBuilder<unknown> },
): Promise<boolean> {
  if (!db.isShared) return true;
  const taken = await db.transaction((tx) =>
    tx.run(
      sql`UPDATE ${sql.table(table)} SET program_id = ${db.programId}
        WHERE id = ${id} AND (program_id = ${db.programId} OR ${isFree({ db }, 'program_id')}) AND ${same}`.compile(
        tx.build,
      ),
    ),
  );
  return taken > 0;
}

/** It could not be told: whoever likes may try. */
export async function leaveDevice({ db }: World, table: DeviceTable, id: string): Promise<void> {
  if (!db.isShared) return;
  await db.transaction((tx) =>
    tx.run(sql`UPDATE ${sql.table(table)} SET program_id = NULL WHERE id = ${id}`.compile(tx.build)),
  );
}
