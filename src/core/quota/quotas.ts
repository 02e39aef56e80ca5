import { sql } from 'kysely';
import { maxUnreferencedSize } from '../blob/putBlob.ts';
import { uploadedSize } from '../blob/uploadedSize.ts';
import type { Context } from '../context.ts';
import { requireWhole } from '../scope.ts';

/** What may be used up, and how much of it is (RFC 9425 §4). */
export type Quota = {
  readonly id: string;
  readonly resourceType: 'count' | 'octets';
  readonly used: number;
  readonly hardLimit: number;
  readonly warnLimit: number | null;
  readonly softLimit: number | null;
  readonly scope: 'account';
  readonly name: string;
  readonly types: readonly string[];
  readonly description: string | null;
};

const words = {
  fr: {
    cards: 'Contacts',
    uploads: 'Fichiers en attente',
    gone: 'Fichiers envoyés qu’aucun contact n’utilise encore ; les plus anciens cèdent la place.',
  },
  en: {
    cards: 'Contacts',
    uploads: 'Files that wait',
    gone: 'Files that were uploaded and are not used in a contact yet; the oldest make room.',
  },
} as const;

/** The quotas of the person's own account. */
export async function listQuotas(context: Context): Promise<readonly Quota[]> {
  requireWhole(context);
  const { db, actor, settings } = context;
  const cards = await db.first(
    sql<{ used: number | null }>`
      SELECT sum(card_count) AS used FROM address_book
      WHERE account_id = ${actor.principalId} AND trash_id IS NULL`.compile(db.build),
  );
  const { cards: contacts, uploads, gone } = words[actor.language];
  const most = settings.maxCardsPerAccount;
  const common = { scope: 'account', softLimit: null } as const;
  return [
    {
      ...common,
      id: 'cards',
      resourceType: 'count',
      used: cards?.used ?? 0,
      hardLimit: most,
      warnLimit: Math.floor(most * 0.9),
      name: contacts,
      types: ['ContactCard'],
      description: null,
    },
    {
      ...common,
      id: 'uploads',
      resourceType: 'octets',
      used: await uploadedSize(context),
      hardLimit: maxUnreferencedSize,
      warnLimit: null,
      name: uploads,
      types: ['Blob'],
      description: gone,
    },
  ];
}
