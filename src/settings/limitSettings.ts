import { setting } from './setting.ts';
import { whole } from './values.ts';

/** How much people may take. */
export const limitSettings = {
  maxCardSize: setting(
    'COTERIE_MAX_CARD_SIZE',
    '10000000',
    whole(10_000, 100_000_000),
    'The largest card in bytes, including its photo.',
  ),
  maxCardsPerAccount: setting(
    'COTERIE_MAX_CARDS_PER_ACCOUNT',
    '100000',
    whole(1, 10_000_000),
    'The most cards in one account.',
  ),
  maxBooksPerAccount: setting(
    'COTERIE_MAX_FOLDERS_PER_ACCOUNT',
    '5000',
    whole(10, 100_000),
    'The most folders in one account.',
  ),
  maxSharesPerBook: setting(
    'COTERIE_MAX_SHARES_PER_FOLDER',
    '500',
    whole(1, 10_000),
    'With how many people, groups and links one folder may be shared.',
  ),
  maxCards: setting(
    'COTERIE_MAX_CARDS',
    '0',
    whole(0, 1_000_000_000),
    'The most cards in all accounts together; 0: no limit (docs/operation/limits.md).',
  ),
  maxDatabaseMegabytes: setting(
    'COTERIE_MAX_DATABASE_MEGABYTES',
    '0',
    whole(0, 1_000_000_000),
    'When the database has reached this size, nothing more can be added; 0: no limit.',
  ),
  requestsPerMinute: setting(
    'COTERIE_REQUESTS_PER_MINUTE',
    '12000',
    whole(0, 1_000_000),
    'How many requests one person, or one public link, may make in a minute, over all protocols together; 0: no limit.',
  ),
};

type Limits = Readonly<Record<Exclude<keyof typeof limitSettings, 'requestsPerMinute'>, number>>;

/** Those of them that operations hold. */
export function limitsIn(config: Limits): Limits {
  const { maxCardSize, maxCardsPerAccount, maxBooksPerAccount, maxSharesPerBook, maxCards, maxDatabaseMegabytes } =
    config;
  return { maxCardSize, maxCardsPerAccount, maxBooksPerAccount, maxSharesPerBook, maxCards, maxDatabaseMegabytes };
}
