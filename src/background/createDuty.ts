import type { World } from '../core/context.ts';
import type { Directory } from '../core/directory/directory.ts';
import { createDirectoryJob, lookSeconds } from '../core/directory/directoryJob.ts';
import type { Duty } from '../core/program/startProgram.ts';
import { createJobs } from '../lib/jobs.ts';
import type { Job, Jobs } from '../lib/jobs.ts';
import type { Log } from '../lib/log.ts';
import type { Meter } from '../lib/meter.ts';
import { jobsOfThoseWhoEnded } from './jobsOfThoseWhoEnded.ts';
import { repeatedJobs } from './repeatedJobs.ts';

/** What the work on duty needs. */
export type DutySettings = {
  readonly log: Log;
  readonly meter: Meter;
  readonly report: (error: unknown) => void;
  /** Whether the database is away, which says so itself: once when it goes and once when it is back. */
  readonly isAway: (error: unknown) => boolean;
  readonly directory: Directory | null;
  readonly directorySeconds: number;
  /** Begins to tell devices what changes, at whichever program. */
  readonly startDevices: () => readonly { stop(): Promise<void> }[];
};

/**
 * The repeated work that one node does for all that share a database. What jobs remember of earlier runs starts anew
 * with each turn of duty.
 */
export function createDuty(world: World, settings: DutySettings): Duty {
  let jobs: Jobs | null = null;
  let devices: readonly { stop(): Promise<void> }[] = [];
  return {
    async begin() {
      jobs = createJobs(jobsOf(world, settings), settings);
      jobs.start();
      devices = settings.startDevices();
    },
    async end() {
      await Promise.all([jobs?.stop(), ...devices.map((each) => each.stop())]);
    },
  };
}

/** What a run reads in a row is one state of the database, as for a request. */
function jobsOf(world: World, settings: DutySettings): readonly Job[] {
  const { log, report } = settings;
  const left = world.db.isShared ? jobsOfThoseWhoEnded(world, report) : [];
  const all = [...directoryJobs(world, settings), ...left, ...repeatedJobs(world, log)];
  return all.map((job) => ({ ...job, run: () => world.db.reading(() => job.run()) }));
}

function directoryJobs(world: World, { directory, directorySeconds: everySeconds, log }: DutySettings): readonly Job[] {
  if (!directory) return [];
  const run = createDirectoryJob(world, directory, { everySeconds, warn: (line) => log.warn(line) });
  return [{ name: 'read the directory', everySeconds: lookSeconds, run }];
}
