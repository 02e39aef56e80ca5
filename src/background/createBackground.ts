import { auditSettings } from '../core/audit/auditSettings.ts';
import { startIndexing } from '../core/card/words/startIndexing.ts';
import type { World } from '../core/context.ts';
import { startDavPush } from '../core/davPush/startDavPush.ts';
import { startImports } from '../core/import/startImports.ts';
import { startFollowing } from '../core/linkedCopy/startFollowing.ts';
import type { Mailer } from '../core/outbox/mailer.ts';
import { startOutbox } from '../core/outbox/startOutbox.ts';
import { startProgram } from '../core/program/startProgram.ts';
import type { Program } from '../core/program/startProgram.ts';
import { startPushSender } from '../core/push/startPushSender.ts';
import { boundShares } from '../core/share/boundShares.ts';
import { ConfigError, settingTexts } from '../config.ts';
import type { Config } from '../config.ts';
import { createStrangerPost } from '../lib/webPush/postToStranger.ts';
import type { VapidKey } from '../lib/webPush/vapid.ts';
import { writePushMessage } from '../protocol/carddav/push/pushMessage.ts';
import type { Lmtp } from '../protocol/lmtp/startLmtp.ts';
import { createDuty } from './createDuty.ts';
import type { DutySettings } from './createDuty.ts';

/** All background work. */
export type Background = { start(): Promise<void>; stop(): Promise<void> };

/** What background work needs. */
export type BackgroundSettings = Omit<DutySettings, 'directorySeconds' | 'startDevices'> & {
  readonly vapid: VapidKey;
  /** null: no mail is sent. */
  readonly mailer: Mailer | null;
  /** Tests make seconds shorter. */
  readonly second: number | undefined;
};

/**
 * Each node does what follows from its own commits, and takes mails and imports that are waiting; everything else,
 * including devices, one node does for all.
 */
export function createBackground(config: Config, world: World, settings: BackgroundSettings): Background {
  const { log, report, mailer, directory, vapid, second } = settings;
  let lmtp: Lmtp | null = null;
  let program: Program | null = null;
  let working: readonly { stop(): Promise<void> }[] = [];

  return {
    async start() {
      lmtp = await openLmtp(config, world, report);
      await auditSettings(world, settingTexts(config));
      await boundShares(world);
      const { directorySeconds, pushPrivate: allowPrivate } = config;
      // The first, so that others see that what is taken from now on is in good hands.
      const startDevices = () => {
        const sending = { post: createStrangerPost({ allowPrivate }), vapid, report, ...(second && { second }) };
        return [startPushSender(world, sending), startDavPush(world, { ...sending, write: writePushMessage })];
      };
      program = await startProgram(world, createDuty(world, { ...settings, directorySeconds, startDevices }), report);
      working = [
        await startImports(world, report),
        startFollowing(world, report),
        startIndexing(world, report),
        ...(mailer ? [startOutbox(world, mailer, (line) => log.warn(line))] : []),
      ];
    },
    async stop() {
      await lmtp?.close();
      // A question under way ends now, and with it the job that asks.
      await directory?.close();
      for (const each of working) await each.stop();
      // The last: what this program had is free for others from then on.
      await program?.stop();
    },
  };
}

async function openLmtp(config: Config, world: World, report: (error: unknown) => void): Promise<Lmtp | null> {
  const { lmtpPort: port, lmtpHost: host, lmtpPeers: peers, lmtpAddress: address, lmtpJournal: journal } = config;
  if (port === 0) return null;
  const { startLmtp } = await import('../protocol/lmtp/startLmtp.ts');
  try {
    return await startLmtp(world, { host, port, peers, address, journal, report });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(
      `Port ${port} on ${host} cannot be listened on (${code}): check COTERIE_LMTP_PORT and COTERIE_LMTP_HOST.`,
    );
  }
}
