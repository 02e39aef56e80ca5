import { closeAuditDays } from '../core/audit/auditOften.ts';
import { readAuditHead } from '../core/audit/checkAudit.ts';
import { purgeAudit } from '../core/audit/purgeAudit.ts';
import { purgeAppPasswords } from '../core/appPassword/appPasswords.ts';
import { purgeSessions } from '../core/auth/sessions.ts';
import { purgeBlobs } from '../core/blob/purgeBlobs.ts';
import { purgeCollected } from '../core/collected/purgeCollected.ts';
import { readSentMailboxes } from '../core/collected/readSentMailboxes.ts';
import type { World } from '../core/context.ts';
import { purgeDavSubscriptions } from '../core/davPush/davSubscriptions.ts';
import { lookSeconds } from '../core/directory/directoryJob.ts';
import { buildDirectoryCards } from '../core/directorybook/buildDirectoryCards.ts';
import { purgeMerges } from '../core/duplicate/listMerges.ts';
import { renewTexts } from '../core/card/words/renewTexts.ts';
import { matchCards } from '../core/duplicate/matchCards.ts';
import { guestsWhoCameInside } from '../core/guest/guestsWhoCameInside.ts';
import { purgeGuests } from '../core/guest/purgeGuests.ts';
import { interruptImports, purgeImports } from '../core/import/importRuns.ts';
import { purgeLinks } from '../core/linkedCopy/purgeLinks.ts';
import { purgeMail } from '../core/outbox/heldMail.ts';
import { purgePushSubscriptions } from '../core/push/liveSubscriptions.ts';
import { expireShares } from '../core/share/expireShares.ts';
import { purgeThrottles } from '../core/throttle.ts';
import { purgeTrash } from '../core/trash/destroyTrash.ts';
import { purgeVersions } from '../core/version/purgeVersions.ts';
import type { Job } from '../lib/jobs.ts';
import type { Log } from '../lib/log.ts';

/** Repeated jobs that do not depend on settings. */
export function repeatedJobs(world: World, log: Log): readonly Job[] {
  return [
    auditHeadJob(world, log),
    { name: 'end shares', everySeconds: 20, run: () => expireShares(world) },
    { name: 'build directory cards', everySeconds: lookSeconds, run: () => buildDirectoryCards(world) },
    { name: 'find guests inside', everySeconds: 20, run: () => guestsWhoCameInside(world) },
    { name: 'interrupt imports', everySeconds: 5, run: () => interruptImports(world) },
    { name: 'purge guests', everySeconds: 3600, run: () => purgeGuests(world) },
    { name: 'renew texts of before', everySeconds: 60, run: () => renewTexts(world) },
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
    { name: 'purge throttles', everySeconds: 3600, run: () => purgeThrottles(world) },
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
