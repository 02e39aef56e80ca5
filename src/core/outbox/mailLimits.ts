import type { Writer } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { utcDate } from '../../lib/utcDate.ts';
import type { MailLimits, World } from '../context.ts';

const slotLength = 5 * 60_000;
const hour = 3_600_000;
const day = 24 * hour;

/** How many mails an act sends, and how many of them to people outside. */
export type MailNumbers = { readonly mails: number; readonly guestMails: number };

type Count = { readonly slot: string; readonly mails: number; readonly guest_mails: number };
type Limit = { readonly window: number; readonly most: number; readonly of: 'mails' | 'guest_mails' };

/**
 * Counts the mails that an act of this person sends, in its transaction. Returns null, or from when on so many may be
 * sent again (ISO 8601) when they are too many now; then nothing is counted.
 */
export async function countMails(
  tx: Writer,
  world: World,
  personId: string,
  { mails, guestMails }: MailNumbers,
): Promise<string | null> {
  if (mails === 0) return null;
  const now = world.now().getTime();
  const { build } = tx;
  const since = (age: number) => new Date(now - age).toISOString();
  // Rows of a day are all that is kept of a person.
  await tx.run(build.deleteFrom('mail_count').where('principal_id', '=', personId).where('slot', '<', since(day)));
  const counts = await tx.all(
    build
      .selectFrom('mail_count')
      .select(['slot', 'mails', 'guest_mails'])
      .where('principal_id', '=', personId)
      .orderBy('slot'),
  );
  const added = { mails, guest_mails: guestMails };
  const waits = limitsOf(world.settings.mailLimits).map((limit) => waitFor(counts, limit, added[limit.of], now));
  const wait = waits.reduce((longest, each) => Math.max(longest, each), 0);
  if (wait > 0) return utcDate(new Date(wait).toISOString());
  const slot = new Date(Math.floor(now / slotLength) * slotLength).toISOString();
  const row = build.insertInto('mail_count').values({ principal_id: personId, slot, ...added });
  await tx.run(
    row.onConflict((conflict) =>
      conflict.columns(['principal_id', 'slot']).doUpdateSet(({ ref, eb }) => ({
        mails: eb('mail_count.mails', '+', ref('excluded.mails')),
        guest_mails: eb('mail_count.guest_mails', '+', ref('excluded.guest_mails')),
      })),
    ),
  );
  return null;
}

/** The refusal of an act whose mails would be too many. */
export function tooManyMails(retryAfter: string): AppError {
  return new AppError(
    'tooManyAttempts',
    `Too many mails in a short time: try again after ${retryAfter}, or choose to send no mail`,
    { reason: 'tooManyMails', retryAfter },
  );
}

function limitsOf(limits: MailLimits | undefined): readonly Limit[] {
  if (!limits) return [];
  return [
    { window: hour, most: limits.perHour, of: 'mails' },
    { window: day, most: limits.perDay, of: 'mails' },
    { window: day, most: limits.guestsPerDay, of: 'guest_mails' },
  ];
}

/** When enough of what was sent has left the window; 0: there is room now. */
function waitFor(counts: readonly Count[], { window, most, of }: Limit, added: number, now: number): number {
  if (added === 0) return 0;
  const inside = counts.filter(({ slot }) => Date.parse(slot) + window > now);
  let total = inside.reduce((sum, count) => sum + count[of], 0);
  if (total + added <= most) return 0;
  for (const count of inside) {
    total -= count[of];
    if (total + added <= most) return Date.parse(count.slot) + window;
  }
  // More at once than the limit lets anybody send: it never fits.
  return now + window;
}
