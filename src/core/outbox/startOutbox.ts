import type { World } from '../context.ts';
import { deliverMail, giveMailBack } from './deliverMail.ts';
import type { Mailer } from './mailer.ts';

/** The running outbox. */
export type Outbox = {
  /** Looks now. */
  kick(): void;
  /** Stops looking, and waits for the mails that are being sent. */
  stop(): Promise<void>;
};

/** A mail server that cannot be used is left alone for so long. */
const awayPause = 15_000;

/** Sends mail soon after the commit that queued it, and checks every few seconds for mails that are due again. */
export function startOutbox(world: World, mailer: Mailer, log: (line: string) => void, everyMs = 3000): Outbox {
  let running: Promise<void> | null = null;
  let isAskedAgain = false;
  let awayUntil = 0;
  let hasBrokenOff = false;
  const stopping = new AbortController();

  const run = async () => {
    do {
      isAskedAgain = false;
      try {
        if (hasBrokenOff) await giveMailBack(world);
        hasBrokenOff = false;
        const { isAway } = await deliverMail(world, mailer, { log, signal: stopping.signal });
        if (isAway) awayUntil = performance.now() + awayPause;
      } catch (error) {
        hasBrokenOff = true;
        log(`The outbox could not be read: ${error instanceof Error ? error.message : String(error)}`);
      }
    } while (isAskedAgain && !stopping.signal.aborted && performance.now() >= awayUntil);
    running = null;
  };
  const kick = () => {
    if (stopping.signal.aborted || performance.now() < awayUntil) return;
    if (running) isAskedAgain = true;
    else running = run();
  };

  const silence = world.hub.listen(kick);
  const timer = setInterval(kick, everyMs);
  timer.unref();
  kick();
  return {
    kick,
    async stop() {
      stopping.abort();
      silence();
      clearInterval(timer);
      await running;
      await mailer.close?.();
    },
  };
}
