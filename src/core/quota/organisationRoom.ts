import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { spelled } from '../../db/dialect.ts';
import { AppError } from '../../errors.ts';
import type { Context } from '../context.ts';

/** What all accounts took when it was last looked at, and what was added since. */
type Usage = { readonly at: number; cards: number; readonly megabytes: number };

/** So old may be what is known, in milliseconds: it is a count of all folders, which is not for every new contact. */
const oldest = 60_000;

/** By the hub of the world. */
const lately = new WeakMap<object, Usage>();

/**
 * Throws `overQuota` (reason `organisation`) if all accounts together have no room for so many more cards. What other
 * nodes added within the last minute is not counted: by that much the limit can be exceeded.
 */
export async function requireRoomInOrganisation(reader: Reader, context: Context, more: number): Promise<void> {
  const { maxCards = 0, maxDatabaseMegabytes = 0 } = context.settings;
  if (maxCards === 0 && maxDatabaseMegabytes === 0) return;
  const usage = await usageOf(reader, context);
  if (maxCards > 0 && usage.cards + more > maxCards)
    throw full(`All accounts together have at most ${maxCards} contacts`);
  if (maxDatabaseMegabytes > 0 && usage.megabytes >= maxDatabaseMegabytes)
    throw full(`The database has at most ${maxDatabaseMegabytes} MB`);
  usage.cards += more;
}

const full = (message: string) => new AppError('overQuota', message, { reason: 'organisation' });

async function usageOf(reader: Reader, { hub, now }: Context): Promise<Usage> {
  const at = now().getTime();
  const known = lately.get(hub);
  if (known && Math.abs(at - known.at) < oldest) return known;
  const cards = sql<{
    cards: number;
  }>`SELECT coalesce(sum(card_count), 0) AS cards FROM address_book WHERE trash_id IS NULL`;
  const words = {
    sqlite: sql`SELECT page_count * page_size AS octets FROM pragma_page_count(), pragma_page_size()`,
    postgres: sql`SELECT pg_database_size(current_database()) AS octets`,
  };
  const size = sql<{ octets: number }>`${spelled(words)}`;
  const counted = await reader.first(cards.compile(reader.build));
  const measured = await reader.first(size.compile(reader.build));
  const usage = { at, cards: Number(counted!.cards), megabytes: Number(measured!.octets) / 1_000_000 };
  lately.set(hub, usage);
  return usage;
}
