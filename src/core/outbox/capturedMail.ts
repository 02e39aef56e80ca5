import type { OutgoingMail } from '../../format/mail/outgoingMail.ts';
import type { World } from '../context.ts';

/** A mail of the demonstration. */
export type CapturedMail = { readonly id: string; readonly sentAt: string; readonly message: OutgoingMail };

/** The captured mails, newest first, of one recipient or of all. */
export async function listCapturedMail(world: World, recipient: string | null): Promise<CapturedMail[]> {
  const all = world.db.build.selectFrom('captured_mail').selectAll().orderBy('sent_at', 'desc').orderBy('id', 'desc');
  const rows = await world.db.all(recipient === null ? all : all.where('recipient', '=', recipient.toLowerCase()));
  return rows.map((row) => ({ id: row.id, sentAt: row.sent_at, message: JSON.parse(row.message) as OutgoingMail }));
}

/** One captured mail, when it is there. */
export async function findCapturedMail(world: World, id: string): Promise<CapturedMail | undefined> {
  const row = await world.db.first(world.db.build.selectFrom('captured_mail').selectAll().where('id', '=', id));
  return row && { id: row.id, sentAt: row.sent_at, message: JSON.parse(row.message) as OutgoingMail };
}

/** Everybody who got a captured mail, by address. */
export async function listCapturedRecipients(world: World): Promise<string[]> {
  const rows = await world.db.all(
    world.db.build.selectFrom('captured_mail').select('recipient').distinct().orderBy('recipient'),
  );
  return rows.map((row) => row.recipient);
}

/** The id of the newest captured mail; '' when there is none. */
export async function newestCapturedMail(world: World): Promise<string> {
  const { build } = world.db;
  const newest = build
    .selectFrom('captured_mail')
    .select('id')
    .orderBy('sent_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1);
  return (await world.db.first(newest))?.id ?? '';
}
