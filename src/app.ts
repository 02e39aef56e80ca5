import { auditSettings } from './core/audit/auditSettings.ts';
import { closeAuditDays } from './core/audit/auditOften.ts';
import { readAuditHead } from './core/audit/checkAudit.ts';
import { purgeAudit } from './core/audit/purgeAudit.ts';
import { purgeAppPasswords } from './core/appPassword/appPasswords.ts';
import { createBasicCheck } from './core/auth/checkBasic.ts';
import { createPasswordCheck } from './core/auth/checkPassword.ts';
import { purgeSessions } from './core/auth/sessions.ts';
import { purgeBlobs } from './core/blob/purgeBlobs.ts';
import { createChanges } from './core/change/hub.ts';
import { purgeCollected } from './core/collected/purgeCollected.ts';
import { readSentMailboxes } from './core/collected/readSentMailboxes.ts';
import type { World } from './core/context.ts';
import type { Directory } from './core/directory/directory.ts';
import { buildDirectoryCards, chooseBranches } from './core/directorybook/buildDirectoryCards.ts';
import { purgeMerges } from './core/duplicate/listMerges.ts';
import { startIndexing } from './core/card/words/startIndexing.ts';
import type { Indexing } from './core/card/words/startIndexing.ts';
import { matchCards } from './core/duplicate/matchCards.ts';
import { createDirectoryJob, lookSeconds } from './core/directory/directoryJob.ts';
import { purgeLinks } from './core/linkedCopy/purgeLinks.ts';
import { startFollowing } from './core/linkedCopy/startFollowing.ts';
import type { Following } from './core/linkedCopy/startFollowing.ts';
import type { Mailer } from './core/outbox/mailer.ts';
import { guestsWhoCameInside } from './core/guest/guestsWhoCameInside.ts';
import { purgeImports } from './core/import/importRuns.ts';
import { startImports } from './core/import/startImports.ts';
import type { Imports } from './core/import/startImports.ts';
import { purgeGuests } from './core/guest/purgeGuests.ts';
import { purgeMail } from './core/outbox/heldMail.ts';
import { startOutbox } from './core/outbox/startOutbox.ts';
import type { Outbox } from './core/outbox/startOutbox.ts';
import { purgePushSubscriptions } from './core/push/liveSubscriptions.ts';
import { purgeDavSubscriptions } from './core/davPush/davSubscriptions.ts';
import { startDavPush } from './core/davPush/startDavPush.ts';
import type { DavPush } from './core/davPush/startDavPush.ts';
import { startPushSender } from './core/push/startPushSender.ts';
import type { PushSender } from './core/push/startPushSender.ts';
import { readLinkKey, readVapidKey } from './core/settings.ts';
import { boundShares } from './core/share/boundShares.ts';
import { expireShares } from './core/share/expireShares.ts';
import { purgeTrash } from './core/trash/destroyTrash.ts';
import { purgeVersions } from './core/version/purgeVersions.ts';
import { ConfigError, settingTexts } from './config.ts';
import type { Config } from './config.ts';
import { limitsIn } from './settings/limitSettings.ts';
import type { Database } from './db/database.ts';
import { joinDoors } from './doors.ts';
import type { DoorRow } from './doors.ts';
import type { Door } from './lib/http/http.ts';
import { createJobs } from './lib/jobs.ts';
import type { Job } from './lib/jobs.ts';
import type { Log } from './lib/log.ts';
import { silentMeter } from './lib/meter.ts';
import type { Meter } from './lib/meter.ts';
import type { PasswordCost } from './lib/passwordHash.ts';
import { readSettingFile } from './lib/settingFile.ts';
import { createSeal, deriveKey } from './lib/seal.ts';
import { createStrangerPost } from './lib/webPush/postToStranger.ts';
import { openVapidKey } from './lib/webPush/vapid.ts';
import type { VapidKey } from './lib/webPush/vapid.ts';
import { carddavWellKnown, createCarddavDoor } from './protocol/carddav/carddavDoor.ts';
import type { OAuthProvider } from './core/collected/sentMailboxReader.ts';
import type { AppState } from './monitoring/gauges.ts';
import { createOAuthProvider } from './mail/oauthProvider.ts';
import { imapSentReader } from './mail/imapSent.ts';
import { createZimbraServer } from './zimbra/zimbraServer.ts';
import { maxBlobSize } from './core/blob/putBlob.ts';
import { writePushMessage } from './protocol/carddav/push/pushMessage.ts';
import { createDemoMailDoor } from './protocol/demo/demoMailDoor.ts';
import { createJmap } from './protocol/jmap/handle.ts';
import type { Lmtp } from './protocol/lmtp/startLmtp.ts';
import { createAuditDoor } from './protocol/links/auditDoor.ts';
import { createHomeDoor } from './protocol/links/homeDoor.ts';
import { createSharedDoor } from './protocol/links/sharedDoor.ts';
import { createUnsubscribeDoor } from './protocol/links/unsubscribeDoor.ts';
import { createAuthenticate } from './protocol/site/authenticate.ts';
import { createRequestRate } from './core/auth/requestRate.ts';
import { createHealthDoor } from './protocol/site/health.ts';
import { createSiteDoor } from './protocol/site/siteDoor.ts';
import type { DemoSignIns } from './protocol/site/siteDoor.ts';

/** What the program is given from outside. */
export type Adapters = {
  readonly db: Database;
  readonly log: Log;
  readonly now: () => Date;
  /** Where the app is reached, without a slash at the end. */
  readonly publicUrl: string;
  /** null: no mail is sent. */
  readonly mailer: Mailer | null;
  /** The key that is not in the database; absent: nobody can name a mailbox of their own. */
  readonly key?: Uint8Array | undefined;
  /** The organisation's directory, which the app closes at its end; null: people and groups are made here. */
  readonly directory?: Directory | null | undefined;
  /** The folder of the built web app. */
  readonly webFolder: string;
  /** Tests make passwords cheaper and seconds shorter. */
  readonly passwordCost?: PasswordCost | undefined;
  readonly second?: number | undefined;
  readonly meter?: Meter | undefined;
};

/** The whole program, without a listener. */
export type App = {
  readonly world: World;
  readonly handle: Door;
  /** What is so at the moment, for whoever watches. */
  readonly state: AppState;
  /** From now on whoever asks whether it is ready hears that it ends. */
  announceEnd(): void;
  /** Asks open windows and devices to come back later, when what they have asked is answered. */
  sendAway(): Promise<void>;
  /** What the sign-in page offers; only in a demonstration. */
  offer(demo: DemoSignIns): void;
  /** Starts what happens by itself: mail, end dates, cleaning up. Throws when the port for copies of mail is taken. */
  start(): Promise<void>;
  /** Stops it and ends the event streams. The database stays open. */
  close(): Promise<void>;
};

/** Wires everything; used by the program and by the tests. */
export async function createApp(config: Config, adapters: Adapters): Promise<App> {
  const { log, publicUrl } = adapters;
  const report = (error: unknown) => log.error('fault', { error });
  const vapid = openVapidKey(await readVapidKey(adapters.db), `mailto:${mailFrom(config, publicUrl)}`);
  const world = await createWorld(config, adapters, { report, vapid });
  await chooseBranches(world, config.directoryBranches);
  const directory = adapters.directory ?? null;
  const checkPassword = createPasswordCheck(world, { cost: adapters.passwordCost, directory });
  const rate = createRequestRate(config.requestsPerMinute, adapters.now);
  const authenticate = createAuthenticate(world, createBasicCheck(world, checkPassword), {
    sessionDays: config.sessionDays,
    rate,
  });
  const { webFolder, passwordCost, second, meter = silentMeter } = adapters;
  let demo: DemoSignIns | null = null;
  let isDraining = false;

  const site = createSiteDoor({
    world,
    checkPassword,
    sessionDays: config.sessionDays,
    demo: () => demo,
    usesDirectory: directory !== null,
    webFolder,
    passwordCost,
  });
  const jmap = createJmap({ world, authenticate, report, meter, ...(second === undefined ? {} : { second }) });
  const demoMail = createDemoMailDoor(world);
  const health = createHealthDoor({ world, isDraining: () => isDraining });
  const doors: readonly DoorRow[] = [
    ['/jmap/', 'jmap', jmap.handle],
    ['/.well-known/jmap', 'jmap', jmap.handle],
    ['/dav', 'carddav', createCarddavDoor({ world, authenticate })],
    ['/.well-known/carddav', 'carddav', carddavWellKnown],
    ['/home/', 'link', createHomeDoor({ world, authenticate })],
    ['/audit.', 'link', createAuditDoor({ world, authenticate })],
    ['/shared/', 'link', createSharedDoor(world, rate)],
    ['/mail/stop/', 'link', createUnsubscribeDoor(world)],
    ['/demo/mail', 'site', (request) => (demo ? demoMail(request) : site(request))],
    ['/health', 'health', health],
    ['/', 'site', site],
  ];
  const handle = joinDoors(doors, { meter, publicUrl, db: world.db });

  const background = createBackground(config, adapters, { world, report, vapid });

  return {
    world,
    handle,
    state: { world, isDraining: () => isDraining, pushConnections: jmap.connections },
    announceEnd: () => {
      isDraining = true;
    },
    sendAway: jmap.drain,
    offer: (signIns) => {
      demo = signIns;
    },
    start: background.start,
    async close() {
      jmap.close();
      await background.stop();
    },
  };
}

type Background = { start(): Promise<void>; stop(): Promise<void> };
type Surroundings = {
  readonly world: World;
  readonly report: (error: unknown) => void;
  readonly vapid: VapidKey;
};

/** All that happens without being asked for. */
function createBackground(config: Config, adapters: Adapters, { world, report, vapid }: Surroundings): Background {
  const { log, second, meter = silentMeter } = adapters;
  const directory = adapters.directory ?? null;
  const reading = directory ? [directoryJob(world, directory, { everySeconds: config.directorySeconds, log })] : [];
  const jobs = createJobs([...reading, ...repeatedJobs(world, log)].map(inOneState(world)), log, meter);
  let outbox: Outbox | null = null;
  let pushSender: PushSender | null = null;
  let davPush: DavPush | null = null;
  let lmtp: Lmtp | null = null;
  let imports: Imports | null = null;
  let following: Following | null = null;
  let indexing: Indexing | null = null;

  return {
    async start() {
      lmtp = await openLmtp(config, world, report);
      await auditSettings(world, settingTexts(config));
      await boundShares(world);
      indexing = startIndexing(world, report);
      imports = await startImports(world, report);
      following = startFollowing(world, report);
      jobs.start();
      const post = createStrangerPost({ allowPrivate: config.pushPrivate });
      const sending = { post, vapid, report, ...(second === undefined ? {} : { second }) };
      pushSender = startPushSender(world, sending);
      davPush = startDavPush(world, { ...sending, write: writePushMessage });
      if (adapters.mailer) outbox = startOutbox(world, adapters.mailer, (line) => log.warn(line));
    },
    async stop() {
      await lmtp?.close();
      // A question under way ends now, and with it the job that asks.
      await directory?.close();
      await imports?.stop();
      await following?.stop();
      await indexing?.stop();
      await jobs.stop();
      await outbox?.stop();
      await Promise.all([pushSender?.stop(), davPush?.stop()]);
    },
  };
}

/** What a run reads in a row is one state of the database, as for a request. */
function inOneState({ db }: World): (job: Job) => Job {
  return (job) => ({ ...job, run: () => db.reading(() => job.run()) });
}

/** What is done again and again, whatever the settings. */
function repeatedJobs(world: World, log: Log): readonly Job[] {
  return [
    auditHeadJob(world, log),
    { name: 'end shares', everySeconds: 20, run: () => expireShares(world) },
    { name: 'build directory cards', everySeconds: lookSeconds, run: () => buildDirectoryCards(world) },
    { name: 'find guests inside', everySeconds: 20, run: () => guestsWhoCameInside(world) },
    { name: 'purge guests', everySeconds: 3600, run: () => purgeGuests(world) },
    { name: 'match cards of before', everySeconds: 3600, run: () => matchCards(world) },
    { name: 'purge merges', everySeconds: 3600, run: () => purgeMerges(world) },
    { name: 'close days of the audit log', everySeconds: 600, run: () => closeAuditDays(world) },
    { name: 'purge the audit log', everySeconds: 3600, run: () => purgeAudit(world) },
    { name: 'purge trash', everySeconds: 3600, run: () => purgeTrash(world) },
    { name: 'purge history', everySeconds: 3600, run: () => purgeVersions(world) },
    { name: 'read sent mailboxes', everySeconds: 60, run: () => readSentMailboxes(world) },
    { name: 'purge collected', everySeconds: 3600, run: () => purgeCollected(world) },
    { name: 'purge links', everySeconds: 3600, run: () => purgeLinks(world) },
    { name: 'purge imports', everySeconds: 3600, run: () => purgeImports(world) },
    { name: 'purge blobs', everySeconds: 3600, run: () => purgeBlobs(world) },
    { name: 'purge mail', everySeconds: 3600, run: () => purgeMail(world) },
    { name: 'purge app passwords', everySeconds: 3600, run: () => purgeAppPasswords(world) },
    { name: 'purge sessions', everySeconds: 3600, run: () => purgeSessions(world) },
    { name: 'purge WebDAV-Push', everySeconds: 3600, run: () => purgeDavSubscriptions(world) },
    { name: 'purge push subscriptions', everySeconds: 3600, run: () => purgePushSubscriptions(world) },
  ];
}

/** Outside of the database, where the log of the program goes: the end of the audit log, so that it cannot be cut off unseen. */
function auditHeadJob(world: World, log: Log): Job {
  const run = async () => log.info('audit log', await readAuditHead(world));
  return { name: 'tell the end of the audit log', everySeconds: 3600, run };
}

function directoryJob(
  world: World,
  directory: Directory,
  { everySeconds, log }: { readonly everySeconds: number; readonly log: Log },
): Job {
  const run = createDirectoryJob(world, directory, { everySeconds, warn: (line) => log.warn(line) });
  return { name: 'read the directory', everySeconds: lookSeconds, run };
}

async function createWorld(
  config: Config,
  { db, now, publicUrl, mailer, key, directory }: Adapters,
  { report, vapid }: { readonly report: (error: unknown) => void; readonly vapid: VapidKey },
): Promise<World> {
  const { trashDays, historyDays } = config;
  return {
    db,
    now,
    hub: createChanges(report),
    settings: {
      publicUrl,
      trashDays,
      historyDays,
      linkKey: await readLinkKey(db),
      ...(key && { appPasswordKey: deriveKey(key, 'app password'), auditKey: deriveKey(key, 'audit log') }),
      auditDays: config.auditDays,
      devicePasswords: config.devicePasswords,
      ...limitsIn(config),
      organisation: config.organisation === '' ? 'Coterie' : config.organisation,
      composeUrl: config.composeUrl,
      mailEnabled: mailer !== null,
      mailFrom: mailFrom(config, publicUrl),
      usesDirectory: (directory ?? null) !== null,
      directory: {
        isShown: config.directoryFolder,
        groups: config.directoryGroups,
        details: config.directoryDetails,
      },
      mailLimits: {
        perHour: config.mailsPerHour,
        perDay: config.mailsPerDay,
        guestsPerDay: config.guestMailsPerDay,
      },
      outside: {
        guests: config.guests,
        publicLinks: config.publicLinks,
        guestDays: config.guestDays,
        publicDays: config.publicLinkDays,
        invitationDays: config.guestLinkDays,
      },
      vapidPublicKey: vapid.publicKey,
    },
    zimbra:
      config.zimbraUrl === null ? undefined : createZimbraServer({ url: config.zimbraUrl, now, most: maxBlobSize }),
    sentMail: key && {
      seal: createSeal(key, 'sent mailbox'),
      reader: imapSentReader({ hosts: imapHosts(config), now }),
      provider: mailProvider(config) ?? undefined,
    },
  };
}

/** A provider that the administrator names may be read, whichever others may not. */
function imapHosts({ imapHosts: hosts, oauthImap: provider }: Config): readonly string[] {
  return provider && hosts.length > 0 ? [...hosts, `${provider.host}:${provider.port}`] : hosts;
}

function mailProvider(config: Config): OAuthProvider | null {
  const { oauthAuthorizeUrl: authorizeUrl, oauthTokenUrl: tokenUrl, oauthClientId: clientId, oauthImap: imap } = config;
  if (authorizeUrl === null) return null;
  if (tokenUrl === null || clientId === '' || imap === null)
    throw new ConfigError(
      'COTERIE_OAUTH_AUTHORIZE_URL needs COTERIE_OAUTH_TOKEN_URL, COTERIE_OAUTH_CLIENT_ID and COTERIE_OAUTH_IMAP beside it.',
    );
  const file = config.oauthClientSecretFile;
  const clientSecret = readSettingFile('COTERIE_OAUTH_CLIENT_SECRET_FILE', file)?.trim() ?? null;
  return createOAuthProvider({
    name: config.oauthName,
    authorizeUrl,
    tokenUrl,
    clientId,
    clientSecret,
    scope: config.oauthScope,
    ...imap,
  });
}

async function openLmtp(config: Config, world: World, report: (error: unknown) => void): Promise<Lmtp | null> {
  const { lmtpPort: port, lmtpHost: host, lmtpPeers: peers, lmtpAddress: address, lmtpJournal: journal } = config;
  if (port === 0) return null;
  const { startLmtp } = await import('./protocol/lmtp/startLmtp.ts');
  try {
    return await startLmtp(world, { host, port, peers, address, journal, report });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(
      `Port ${port} on ${host} cannot be listened on (${code}): check COTERIE_LMTP_PORT and COTERIE_LMTP_HOST.`,
    );
  }
}

function mailFrom(config: Config, publicUrl: string): string {
  return config.mailFrom ?? `coterie@${new URL(publicUrl).hostname}`;
}
