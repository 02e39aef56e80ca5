import type { World } from '../context.ts';
import { heartbeatMilliseconds, reportAlive, reportEnded, timeoutMilliseconds } from './heartbeat.ts';
import { takeLease } from './takeLease.ts';

/** The work that one of the nodes does for all. */
export type Duty = {
  begin(): Promise<void>;
  /** Begins nothing more and waits for what is under way. */
  end(): Promise<void>;
};

/** This node among others. */
export type Program = {
  /** Ends the duty, where it is this one's, and leaves it to the others. */
  stop(): Promise<void>;
};

/**
 * Keeps reporting that this node is alive, and puts it on duty when no other is. A node that could not report for a
 * while goes off duty before another one goes on. A process that has the database to itself is always on duty, and
 * writes nothing.
 */
export async function startProgram(world: World, duty: Duty, report: (error: unknown) => void): Promise<Program> {
  if (!world.db.isShared) {
    await duty.begin();
    return { stop: () => duty.end() };
  }
  let isOnDuty = false;
  let turning = Promise.resolve();
  let saying: Promise<void> | null = null;
  let saidAt = 0;

  function turn(isMine: boolean): void {
    if (isMine === isOnDuty) return;
    isOnDuty = isMine;
    turning = turning.then(() => (isMine ? duty.begin() : duty.end())).catch(report);
  }
  async function say(): Promise<void> {
    const began = performance.now();
    const isMine = await world.db.transaction(async (tx) => {
      await reportAlive(tx, world);
      return takeLease(tx, world, 'background');
    });
    saidAt = began;
    turn(isMine);
  }
  function look(): Promise<void> {
    // The next look would be too late.
    if (performance.now() - saidAt > timeoutMilliseconds - heartbeatMilliseconds) turn(false);
    saying ??= say()
      .catch(report)
      .finally(() => (saying = null));
    return saying;
  }

  const timer = setInterval(() => void look(), heartbeatMilliseconds).unref();
  await look();
  await turning;
  return {
    async stop() {
      clearInterval(timer);
      await saying;
      turn(false);
      await turning;
      await reportEnded(world);
    },
  };
}
