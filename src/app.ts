import { availableParallelism } from 'node:os';
import { createBackground } from './background/createBackground.ts';
import { createBasicCheck } from './core/auth/checkBasic.ts';
import { createPasswordCheck } from './core/auth/checkPassword.ts';
import { openCardReader } from './core/card/contents/cardReader.ts';
import { createChanges } from './core/change/hub.ts';
import { startRelay } from './core/change/relay.ts';
import type { World } from './core/context.ts';
import type { Directory } from './core/directory/directory.ts';
import { chooseBranches } from './core/directorybook/buildDirectoryCards.ts';
import type { Mailer } from './core/outbox/mailer.ts';
import { readLinkKey, readVapidKey } from './core/settings.ts';
import { openThrottle } from './core/throttle.ts';
import { ConfigError } from './config.ts';
import type { Config } from './config.ts';
import { limitsIn } from './settings/limitSettings.ts';
import type { Database } from './db/database.ts';
import { joinDoors } from './doors.ts';
import { isUnavailable } from './errors.ts';
import type { DoorRow } from './doors.ts';
import type { Door } from './lib/http/http.ts';
import type { Log } from './lib/log.ts';
import { silentMeter } from './lib/meter.ts';
import type { Meter } from './lib/meter.ts';
import type { PasswordCost } from './lib/passwordHash.ts';
import { readSettingFile } from './lib/settingFile.ts';
import { createSeal, deriveKey } from './lib/seal.ts';
import { openVapidKey } from './lib/webPush/vapid.ts';
import type { VapidKey } from './lib/webPush/vapid.ts';
import { carddavWellKnown, createCarddavDoor } from './protocol/carddav/carddavDoor.ts';
import type { OAuthProvider } from './core/collected/sentMailboxReader.ts';
import type { AppState } from './monitoring/gauges.ts';
import { createOAuthProvider } from './mail/oauthProvider.ts';
import { imapPatience, imapSentReader } from './mail/imapSent.ts';
import { createZimbraServer, zimbraPatience } from './zimbra/zimbraServer.ts';
import { maxBlobSize } from './core/blob/putBlob.ts';
import { createDemoMailDoor } from './protocol/demo/demoMailDoor.ts';
import { createJmap } from './protocol/jmap/handle.ts';
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
  /** How many threads can work at the same time; absent: as many as the machine has processors. */
  readonly processors?: number | undefined;
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

/** Wires everything together; used by the program and by the tests. */
export async function createApp(config: Config, adapters: Adapters): Promise<App> {
  const { log, publicUrl } = adapters;
  const report = createReport(log);
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

  const { mailer } = adapters;
  const endRelay = await startRelay(world, (message, error) => log.warn(message, { error }));
  const background = createBackground(config, world, {
    log,
    report,
    isAway: isUnavailable,
    vapid,
    meter,
    second,
    mailer,
    directory,
  });

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
      await endRelay();
      await world.cardReader?.close();
    },
  };
}

/** Where faults are told of. That something is not to be had at the moment is none, and has been told of already. */
function createReport(log: Log): (error: unknown) => void {
  return (error) => {
    if (isUnavailable(error)) log.info('unavailable', { reason: error.message });
    else log.error('fault', { error });
  };
}

async function createWorld(
  config: Config,
  { db, now, publicUrl, mailer, key, directory, processors = availableParallelism() }: Adapters,
  { report, vapid }: { readonly report: (error: unknown) => void; readonly vapid: VapidKey },
): Promise<World> {
  const { trashDays, historyDays } = config;
  return {
    db,
    now,
    hub: createChanges(report),
    cardReader: processors > 1 ? openCardReader({ report }) : undefined,
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
      config.zimbraUrl === null
        ? undefined
        : createZimbraServer({
            url: config.zimbraUrl,
            refusals: openThrottle({ db, now }, 'Zimbra', zimbraPatience),
            most: maxBlobSize,
          }),
    sentMail: key && {
      seal: createSeal(key, 'sent mailbox'),
      reader: imapSentReader({
        hosts: imapHosts(config),
        refusals: openThrottle({ db, now }, 'IMAP', imapPatience),
      }),
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

function mailFrom(config: Config, publicUrl: string): string {
  return config.mailFrom ?? `coterie@${new URL(publicUrl).hostname}`;
}
