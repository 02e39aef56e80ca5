import type { Database } from '../db/database.ts';
import type { OutgoingMail } from '../format/mail/outgoingMail.ts';
import { newId } from '../lib/ids.ts';

const kept = 500;

/** The mailer of the demonstration: mails stay in the database, where they can be read at /demo/mail. The last 500 are kept. */
export function captureMailer(db: Database, now: () => Date) {
  let last = 0;
  // Each a moment after the one before: read in the order in which they were sent, however quickly that was.
  const nextMoment = () => new Date((last = Math.max(now().getTime(), last + 1)));
  return {
    async send(message: OutgoingMail): Promise<void> {
      const sentAt = nextMoment();
      const id = newId('m', sentAt);
      await db.transaction(async (tx) => {
        const { build } = tx;
        await tx.run(
          build.insertInto('captured_mail').values({
            id,
            sent_at: sentAt.toISOString(),
            recipient: message.to.address.toLowerCase(),
            message: JSON.stringify(message),
          }),
        );
        const newest = build
          .selectFrom('captured_mail')
          .select('id')
          .orderBy('sent_at', 'desc')
          .orderBy('id', 'desc')
          .limit(kept);
        await tx.run(build.deleteFrom('captured_mail').where('id', 'not in', newest));
      });
    },
  };
}
