import type { World } from '../core/context.ts';
import { readMirrorState } from '../core/directory/mirrorState.ts';
import { outboxStatus } from '../core/outbox/outboxStatus.ts';

/** A current value, read when somebody asks. */
export type Gauge = {
  readonly name: string;
  readonly help: string;
  /** null: it does not exist here. */
  read(): Promise<number | null>;
};

/** What the app knows about itself besides the database. */
export type AppState = {
  readonly world: World;
  readonly isDraining: () => boolean;
  readonly pushConnections: () => { readonly streams: number; readonly sockets: number };
};

/** All current values, one row each. */
export function gaugesOf({ world, isDraining, pushConnections }: AppState): readonly Gauge[] {
  const { db } = world;
  const gauge = (name: string, help: string, read: () => Promise<number | null>): Gauge => ({ name, help, read });
  const mirror = () => readMirrorState(db);
  const age = (time: string | null) => (time === null ? null : (world.now().getTime() - Date.parse(time)) / 1000);
  const ofDirectory = (read: () => Promise<number | null>) => () =>
    world.settings.usesDirectory ? read() : Promise.resolve(null);
  return [
    gauge('coterie_draining', '1 while the program is ending', async () => Number(isDraining())),
    gauge('coterie_push_streams', 'Event streams that are open', async () => pushConnections().streams),
    gauge('coterie_push_sockets', 'WebSockets that are open', async () => pushConnections().sockets),
    gauge('coterie_outbox_mails', 'Mails that wait to be sent', async () => (await outboxStatus(world)).waiting),
    gauge(
      'coterie_outbox_retried_mails',
      'Mails that failed and are tried again',
      async () => (await outboxStatus(world)).retried,
    ),
    gauge('coterie_outbox_failed_mails', 'Mails that were given up', async () => (await outboxStatus(world)).givenUp),
    gauge(
      'coterie_outbox_oldest_seconds',
      'How long the oldest mail has waited',
      async () => age((await outboxStatus(world)).oldest) ?? 0,
    ),
    gauge(
      'coterie_directory_sync_age_seconds',
      'Since when the mirror agreed with the directory last',
      ofDirectory(async () => age((await mirror()).syncedAt)),
    ),
    gauge(
      'coterie_directory_up',
      '0 while the directory does not answer',
      ofDirectory(async () => Number((await mirror()).downSince === null)),
    ),
    gauge(
      'coterie_directory_warning',
      '1 while an administrator has to decide something about the directory',
      ofDirectory(async () => Number((await mirror()).warning !== null)),
    ),
  ];
}
