import type { World } from '../context.ts';
import type { ChangedStates, StateMap } from '../sync/changedStates.ts';
import { pickStates } from '../sync/changedStates.ts';

/** States as they are kept with a subscription. */
export function writeTold(states: ChangedStates): string {
  return JSON.stringify(pickStates(states, null) ?? {});
}

/** What of the states a device was not told last. */
export function untold(states: ChangedStates, told: string | null): ChangedStates {
  const known = readTold(told);
  const news = Array.from(states, ([accountId, types]) => {
    return [accountId, new Map([...types].filter(([type, state]) => known[accountId]?.[type] !== state))] as const;
  });
  return new Map(news.filter(([, types]) => types.size > 0));
}

/** Keeps what a device has been told, beside what it was told before; whoever likes may tell it more. */
export async function noteTold(
  { db }: World,
  { id, told }: { readonly id: string; readonly told: string | null },
  states: ChangedStates,
): Promise<void> {
  const all: Record<string, Readonly<Record<string, string>>> = { ...readTold(told) };
  for (const [accountId, types] of states) all[accountId] = { ...all[accountId], ...Object.fromEntries(types) };
  const row = { told: JSON.stringify(all), program_id: null };
  await db.transaction((tx) => tx.run(tx.build.updateTable('push_subscription').set(row).where('id', '=', id)));
}

function readTold(told: string | null): StateMap {
  return told === null ? {} : (JSON.parse(told) as StateMap);
}
