import { sql } from 'kysely';
import type { PrincipalRow } from '../../db/schema.ts';
import { displayName } from '../../format/jscontact/names.ts';
import type { SearchField } from '../../format/jscontact/searchText.ts';
import type { Card } from '../../format/jscontact/types.ts';
import { isEmailAddress } from '../../format/mail/emailAddress.ts';
import { foldWords } from '../../lib/fold.ts';
import { cardWords } from '../card/words/cardWords.ts';
import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { requireWhole } from '../scope.ts';
import type { DirectoryDetails } from '../directory/directory.ts';
import { findPrincipalByEmail } from '../principal/findPrincipalByEmail.ts';
import { memberCounts } from '../principal/memberCount.ts';
import { directoryMatches } from './directoryMatches.ts';
import { frequentContacts, frequentPrincipals } from './frequent.ts';

/** One address to choose; a group may have none, and is then identified by its id. */
export type Suggestion = {
  readonly name: string;
  readonly email: string | null;
  readonly kind: 'individual' | 'group' | 'contact';
  readonly principalId: string | null;
  readonly memberCount: number | null;
  /** Where the person works, so that two of one name are told apart. */
  readonly department: string | null;
};

/** Where to look. */
export type SuggestionSource = 'directory' | 'contacts';

/**
 * Addresses that match what was typed: first those whom the person writes to and shares with most, then people and
 * groups of the directory, then the person's own contacts; one row per address, and per group without one; none for
 * guests. Every word must be the beginning of a word of the name or the address, in any order, ignoring accents and
 * case.
 */
export async function suggest(
  context: Context,
  text: string,
  limit: number,
  sources: readonly SuggestionSource[],
): Promise<Suggestion[]> {
  requireWhole(context);
  if (context.actor.isGuest || foldWords(text).length === 0) return [];
  const found = new Map<string, Suggestion>();
  const add = (suggestion: Suggestion) => {
    const key = suggestion.email?.toLowerCase() ?? suggestion.principalId!;
    if (!found.has(key) && found.size < limit) found.set(key, suggestion);
  };
  for (const suggestion of await fromFrequent(context, text, limit, sources)) add(suggestion);
  if (sources.includes('directory'))
    for (const suggestion of await fromDirectory(context, text, limit)) add(suggestion);
  if (sources.includes('contacts')) for (const suggestion of await fromContacts(context, text, limit)) add(suggestion);
  return [...found.values()];
}

/** Whom one writes to most comes first, from wherever; at the same address the directory says who it is. */
async function fromFrequent(
  context: Context,
  text: string,
  limit: number,
  sources: readonly SuggestionSource[],
): Promise<Suggestion[]> {
  const search = { words: wordsOf(text), fields: named, limit };
  const principals = sources.includes('directory') ? await frequentPrincipals(context, search) : [];
  const contacts = sources.includes('contacts') ? await frequentContacts(context, search) : [];
  const others = principals.filter(({ id }) => id !== context.actor.principalId);
  const known = await Promise.all(
    others.map(async (row) => ({ score: row.score, suggestion: await suggestionOf(context, row, row.email!) })),
  );
  const all = [...known, ...contacts.map((row) => ({ score: row.score, suggestion: contactOf(row) }))];
  return all.sort((a, b) => b.score - a.score).map(({ suggestion }) => suggestion);
}

async function fromDirectory(context: Context, text: string, limit: number): Promise<Suggestion[]> {
  const exact = await byWholeAddress(context, text);
  const principals = await directoryMatches(context, text, limit);
  const reachable = principals.filter(
    ({ id, email, kind }) => (email !== null || kind === 'group') && id !== exact?.principalId,
  );
  const found = await Promise.all(reachable.map((principal) => suggestionOf(context, principal, principal.email)));
  return exact ? [exact, ...found] : found;
}

/**
 * Whoever types a whole address means it, be it an alias, or the address of somebody who is not listed: of them
 * nothing is told but that mail and shares reach them.
 */
async function byWholeAddress(context: Context, text: string): Promise<Suggestion | undefined> {
  const address = text.trim();
  if (!isEmailAddress(address)) return undefined;
  const principal = await findPrincipalByEmail(context.db, address);
  if (!principal || principal.id === context.actor.principalId) return undefined;
  const suggestion = await suggestionOf(context, principal, address);
  return principal.is_listed === 1 ? suggestion : { ...suggestion, name: address, department: null, memberCount: null };
}

async function suggestionOf(context: Context, principal: PrincipalRow, email: string | null): Promise<Suggestion> {
  const { department, organization } = JSON.parse(principal.details) as DirectoryDetails;
  return {
    name: principal.name,
    email,
    kind: principal.kind,
    principalId: principal.id,
    memberCount: principal.kind === 'group' ? await sizeOf(context, principal.id) : null,
    department: department ?? organization ?? null,
  };
}

async function sizeOf(context: Context, groupId: string): Promise<number | null> {
  return (await memberCounts(context, [groupId])).get(groupId) ?? null;
}

/** The words that a person is known by: names and addresses, neither company nor notes. */
const named: readonly SearchField[] = ['n', 'g', 's', 't', 'k', 'e'];

/** What begins more words than these is met among the first contacts, as a rule. */
const fewTokens = 1_000;
const nearContacts = 1_000;

async function fromContacts(context: Context, text: string, limit: number): Promise<Suggestion[]> {
  const words = wordsOf(text);
  const frequent = await Promise.all(words.map((word) => isFrequent(context, word)));
  if (frequent.every((each) => each)) {
    const near = await contactsAmong(context, words, limit, nearContacts);
    if (near.length === limit) return near.map(contactOf);
  }
  const rare = words.find((_, index) => !frequent[index]);
  if (rare !== undefined) return (await contactsLedBy(context, rare, words, limit)).map(contactOf);
  return (await contactsAmong(context, words, limit, null)).map(contactOf);
}

type ContactRow = { readonly data: string; readonly address: string };

/** The first contacts by name in which every word begins a word; `first`: among so many alone, without gathering all. */
async function contactsAmong(
  { db, actor }: Context,
  words: readonly string[],
  limit: number,
  first: number | null,
): Promise<ContactRow[]> {
  const own = sql`SELECT id, file_as_key FROM card WHERE account_id = ${actor.principalId} AND trash_id IS NULL`;
  const among = first === null ? own : sql`${own} ORDER BY file_as_key, id LIMIT ${first}`;
  const parts = words.map((word) =>
    first === null
      ? sql`card.id IN (${idsOf(actor, word)})`
      : cardWords(actor.principalId).has(named, { text: word, isWhole: false }),
  );
  return db.all(
    sql<ContactRow>`
      SELECT card.data, card_email.address FROM (${among}) AS own
      JOIN card ON card.id = own.id JOIN card_email ON card_email.card_id = own.id
      WHERE ${sql.join(parts, sql` AND `)}
      ORDER BY own.file_as_key, own.id, card_email.position LIMIT ${limit}`.compile(db.build),
  );
}

/** From the few words that begin like this to their contacts; the join in that order. */
async function contactsLedBy(
  { db, actor }: Context,
  rare: string,
  words: readonly string[],
  limit: number,
): Promise<ContactRow[]> {
  const parts = words.map((word) => cardWords(actor.principalId).has(named, { text: word, isWhole: false }));
  return db.all(
    sql<ContactRow>`
      SELECT card.data, card_email.address FROM (
        SELECT DISTINCT id FROM (${idsOf(actor, rare)}) AS word) AS found
      CROSS JOIN card CROSS JOIN card_email
      WHERE card.id = found.id AND card.account_id = ${actor.principalId} AND card.trash_id IS NULL
        AND card_email.card_id = card.id AND ${sql.join(parts, sql` AND `)}
      ORDER BY card.file_as_key, card.id, card_email.position LIMIT ${limit}`.compile(db.build),
  );
}

async function isFrequent({ db, actor }: Context, word: string): Promise<boolean> {
  const counted = sql<{ count: number }>`SELECT count(*) AS count FROM (
    SELECT 1 FROM (${idsOf(actor, word)}) AS word LIMIT ${fewTokens + 1}) AS few`;
  return Number((await db.first(counted.compile(db.build)))!.count) > fewTokens;
}

/** Selects the contacts that a word leads to. */
function idsOf(actor: Actor, word: string): ReturnType<typeof sql> {
  return cardWords(actor.principalId).ids(named, { text: word, isWhole: false });
}

function contactOf(row: { readonly data: string; readonly address: string }): Suggestion {
  return {
    name: displayName(JSON.parse(row.data) as Card),
    email: row.address,
    kind: 'contact',
    principalId: null,
    memberCount: null,
    department: null,
  };
}

function wordsOf(text: string): string[] {
  return [...new Set(foldWords(text))].slice(0, 10);
}
