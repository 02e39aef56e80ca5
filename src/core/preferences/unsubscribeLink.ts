import { createHmac, timingSafeEqual } from 'node:crypto';
import type { World } from '../context.ts';
import { mailKinds } from './mailChoices.ts';
import type { MailKind } from './mailChoices.ts';

/** Whose mails, and of which kind, a link is about. */
export type Unsubscribing = { readonly personId: string; readonly personName: string; readonly kind: MailKind };

/** The address with which the recipient unsubscribes from mails of this kind; nothing is stored for it. */
export function unsubscribeUrl(world: World, personId: string, kind: MailKind): string {
  return `${world.settings.publicUrl}/mail/stop/${personId}.${kind}.${sign(world, personId, kind)}`;
}

/** What a link is about; undefined if it is wrong, or the person is gone. */
export async function readUnsubscribeToken(world: World, token: string): Promise<Unsubscribing | undefined> {
  const [personId = '', written, signature = '', ...rest] = token.split('.');
  const kind = mailKinds.find((each) => each === written);
  if (!kind || rest.length > 0) return undefined;
  const expected = Buffer.from(sign(world, personId, kind));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const person = await world.db.first(
    world.db.build.selectFrom('principal').select('name').where('id', '=', personId).where('is_active', '=', 1),
  );
  return person && { personId, personName: person.name, kind };
}

function sign(world: World, personId: string, kind: MailKind): string {
  return createHmac('sha256', world.settings.linkKey).update(`unsubscribe ${personId} ${kind}`).digest('base64url');
}
