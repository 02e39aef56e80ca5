import { createHash } from 'node:crypto';
import type { PrincipalRow } from '../../db/schema.ts';
import { AppError } from '../../errors.ts';
import type { Mailbox } from '../../format/mail/outgoingMail.ts';
import { readPersonName } from '../../format/mail/personName.ts';
import { ensureAccount } from '../addressbook/ensureAccount.ts';
import { actorOf } from '../auth/actorOf.ts';
import { createCard } from '../card/createCard.ts';
import { transact, within } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import { noteContacted } from '../contacted/noteContacted.ts';
import type { Context, World } from '../context.ts';
import { getPreferences } from '../preferences/preferences.ts';
import { findPrincipalByEmail } from '../principal/findPrincipalByEmail.ts';
import { knownKeys } from './knownKeys.ts';
import type { SentMessage, SubmittedMessage } from './sentMessage.ts';
import { isImpersonal, readWrittenAddress } from './writtenAddress.ts';
import type { WrittenAddress } from './writtenAddress.ts';

/** Whoever writes to more people at once sends a circular. */
const mostRecipients = 50;

/**
 * Adds the people to whom a person of this organisation wrote to their « Personnes contactées par mail ». Returns how
 * many were new; 0 also if the sender is unknown here, or wrote in the name of somebody else.
 */
export async function collectRecipients(world: World, message: SubmittedMessage): Promise<number> {
  const sender = await findPrincipalByEmail(world.db, message.sender);
  if (sender?.kind !== 'individual') return 0;
  const author = message.author === null ? undefined : await findPrincipalByEmail(world.db, message.author);
  if (author?.kind === 'individual' && author.id !== sender.id) return 0;
  return collectFor(world, sender.id, message);
}

/**
 * The same for a known person, in one transaction: either everything in a message is counted, or nothing. Lists,
 * groups, the person's own addresses, forgotten ones, and those in a folder of theirs (or one they accepted) are left
 * out.
 */
export async function collectFor(world: World, personId: string, message: SentMessage): Promise<number> {
  const written = distinct(message.recipients);
  if (written.length === 0 || written.length > mostRecipients) return 0;
  const context: Context = { ...world, actor: await actorOf(world, personId, undefined) };
  if (!(await getPreferences(context)).collects) return 0;
  return transact(context, async (tx) => {
    if (!(await isNews(tx, context, message.messageId))) return 0;
    const forgotten = await forgottenAmong(tx, personId, written);
    const people: Recipient[] = [];
    for (const one of written.filter(({ key }) => !forgotten.has(key))) {
      const principal = await findPrincipalByEmail(tx, one.address);
      if (principal?.id === personId || principal?.kind === 'group') continue;
      people.push({ ...one, principal });
    }
    const at = message.sentAt < context.now() ? message.sentAt : context.now();
    await noteContacted(
      tx,
      personId,
      people.map(({ key }) => key),
      at,
    );
    return addCards(tx, context, people);
  });
}

type Written = WrittenAddress & { readonly name: string };
type Recipient = Written & { readonly principal: PrincipalRow | undefined };

/** Each address once, with the longest name that it was written with. */
function distinct(mailboxes: readonly Mailbox[]): Written[] {
  const found = new Map<string, Written>();
  for (const { address, name } of mailboxes) {
    const read = readWrittenAddress(address);
    if (!read || isImpersonal(read.key)) continue;
    const earlier = found.get(read.key);
    if (!earlier) found.set(read.key, { ...read, name });
    else if (name.length > earlier.name.length) found.set(read.key, { ...earlier, name });
  }
  return [...found.values()];
}

/** Remembers the message by a hash of its id; false when it was there. */
async function isNews(tx: Transaction, context: Context, messageId: string | null): Promise<boolean> {
  if (messageId === null) return true;
  const row = {
    principal_id: context.actor.principalId,
    message_hash: createHash('sha256').update(messageId).digest('base64url'),
    seen_at: context.now().toISOString(),
  };
  const insert = tx.build.insertInto('collected_message').values(row);
  return (await tx.run(insert.onConflict((conflict) => conflict.doNothing()))) > 0;
}

async function forgottenAmong(tx: Transaction, personId: string, written: readonly Written[]): Promise<Set<string>> {
  const forgotten = tx.build.selectFrom('forgotten_address').select('address_key').where('principal_id', '=', personId);
  const keys = written.map(({ key }) => key);
  return new Set((await tx.all(forgotten.where('address_key', 'in', keys))).map((row) => row.address_key));
}

/** A full account is nobody's fault who only writes a mail: what has no room is left out. */
async function addCards(tx: Transaction, context: Context, people: readonly Recipient[]): Promise<number> {
  const known = await knownKeys(tx, context, people.flatMap(keysOf));
  const unknown = people.filter((person) => !keysOf(person).some((key) => known.has(key)));
  if (unknown.length === 0) return 0;
  const inside = { ...within(context, tx), way: 'mail' as const };
  await ensureAccount(inside);
  const bookId = await collectedBookId(tx, context.actor.principalId);
  if (bookId === undefined) return 0;
  let added = 0;
  for (const person of unknown) {
    try {
      await createCard(inside, bookId, cardOf(person));
      added++;
    } catch (error) {
      if (error instanceof AppError && error.kind === 'overQuota') return added;
      throw error;
    }
  }
  return added;
}

/** A colleague may be known by another address of theirs. */
function keysOf({ key, otherKeys, principal }: Recipient): string[] {
  return [key, ...otherKeys, ...(principal?.email_key ? [principal.email_key] : [])];
}

/** The person's folder of collected people. */
export async function collectedBookId(
  reader: Pick<Transaction, 'first' | 'build'>,
  personId: string,
): Promise<string | undefined> {
  const books = reader.build.selectFrom('address_book').select('id').where('account_id', '=', personId);
  return (await reader.first(books.where('role', '=', 'collected').where('trash_id', 'is', null)))?.id;
}

function cardOf({ address, name, principal }: Recipient): Readonly<Record<string, unknown>> {
  const read = readPersonName(name, address) ?? readPersonName(principal?.name ?? '', address);
  const emails = { e1: { address } };
  if (!read) return { emails };
  const components = (['given', 'given2', 'surname'] as const).flatMap((kind) =>
    read[kind] === null ? [] : [{ kind, value: read[kind] }],
  );
  return { name: { components }, emails };
}
