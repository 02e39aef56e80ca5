import { setImmediate as breathe } from 'node:timers/promises';
import type { World } from '../context.ts';
import type { ChangedStates } from '../sync/changedStates.ts';
import { createDevice } from './device.ts';
import type { Device, Outcome } from './device.ts';
import { followAudiences } from './followAudiences.ts';
import type { Audience } from './followAudiences.ts';

/** What one way of pushing knows of its devices. */
export type PushWay = {
  /** Everybody who has devices, when the sender begins. */
  people(): Promise<readonly string[]>;
  /** The audiences of a person that are to be told; looked at whenever their subscriptions change. */
  audiences(personId: string): Promise<readonly Audience[]>;
  /** Notes what devices of a person may not have been told before the sender began: by a program that has ended, or by nobody. */
  look(personId: string): Promise<void>;
  /** Which devices of an audience a change is for, and what each hears of it; null: nobody is left who listens. */
  wanted(audience: Audience, states: ChangedStates): Promise<ReadonlyMap<string, ChangedStates> | null>;
  /** Tells one device. Errors are reported, and it is tried again. */
  deliver(deviceId: string, states: ChangedStates): Promise<Outcome>;
  /** After so many failures in a row a device is forgotten; absent: never. */
  readonly mostFailures?: number;
  /** Removes what the push service does not want any more. */
  forget(deviceId: string): Promise<void>;
};

/** How it is sent. */
export type SenderSettings = {
  readonly report: (error: unknown) => void;
  /** How long a second is; tests make it shorter. */
  readonly second?: number;
};

/** A sender at work. */
export type Sender = {
  /** Tells a device what it may have missed. */
  note(deviceId: string, states: ChangedStates): void;
  /** Tells a device nothing more. */
  forget(deviceId: string): Promise<void>;
  /** Does something beside; what goes wrong is reported, and the end waits for it. */
  run(task: () => Promise<unknown>): void;
  stop(): Promise<void>;
};

/** When a person's changes could not be followed, it is tried again after so many seconds. */
const patienceSeconds = 10;

/** Tells devices what changes for their people, from now on: whoever they are, by whatever way. */
export function createSender(world: World, way: PushWay, { report, second = 1000 }: SenderSettings): Sender {
  const devices = new Map<string, Device>();
  const running = new Set<Promise<unknown>>();
  let isStopped = false;

  function track<T>(task: Promise<T>): Promise<T> {
    const ended: Promise<T> = task.finally(() => running.delete(ended));
    running.add(ended);
    return ended;
  }

  function run(task: () => Promise<unknown>): void {
    void track(task().catch(report));
  }

  const refresh = async (personId: string) => followed.follow(personId, await way.audiences(personId));
  const followed = followAudiences(world, {
    report,
    patience: patienceSeconds * second,
    tell: (audience, states) => run(() => spread(audience, states)),
    lost: (personId) => run(() => refresh(personId)),
  });

  async function spread(audience: Audience, states: ChangedStates): Promise<void> {
    const wanted = await way.wanted(audience, states);
    if (wanted === null) followed.leave(audience);
    for (const [deviceId, news] of wanted ?? []) note(deviceId, news);
  }

  function note(deviceId: string, states: ChangedStates): void {
    if (isStopped) return;
    const device =
      devices.get(deviceId) ??
      createDevice({
        second,
        ...(way.mostFailures === undefined ? {} : { mostFailures: way.mostFailures }),
        deliver: (news) => track(deliver(deviceId, news)),
        refused: () => run(() => forget(deviceId)),
      });
    devices.set(deviceId, device);
    device.note(states);
  }

  async function deliver(deviceId: string, states: ChangedStates): Promise<Outcome> {
    try {
      return await way.deliver(deviceId, states);
    } catch (error) {
      report(error);
      return { retryAfter: 0 };
    }
  }

  async function forget(deviceId: string): Promise<void> {
    devices.get(deviceId)?.stop();
    devices.delete(deviceId);
    await way.forget(deviceId);
  }

  const followAll = async (isFirst: boolean) => {
    for (const personId of await way.people()) {
      if (isStopped) return;
      await refresh(personId);
      // Behind it: what changes meanwhile is told.
      if (isFirst) await way.look(personId);
      await breathe();
    }
  };
  const unlisten = world.hub.listenEverywhere((commit) => {
    for (const personId of new Set(commit.resubscribed)) run(() => refresh(personId));
    if (commit.isGap) run(() => followAll(false));
  });
  run(() => followAll(true));
  return {
    note,
    forget,
    run,
    async stop() {
      isStopped = true;
      unlisten();
      followed.close();
      for (const device of devices.values()) device.stop();
      await Promise.all(running);
    },
  };
}
