/** By which way a change came, as the history shows it. The words that people read are in the web app. */
export const ways = [
  /** The web app. */
  'web',
  /** Another program that speaks JMAP. */
  'jmap',
  'carddav',
  /** A file that was read in. */
  'import',
  /** Somebody wrote through a link. */
  'link',
  /** Duplicates were made one. */
  'merge',
  /** An earlier version was brought back, or something was undone. */
  'restore',
  /** Collected from mail that was sent. */
  'mail',
  /** The original of a linked copy changed. */
  'linkedCopy',
  /** An administrator gave the folder to another person. */
  'handover',
  /** An administrator, from the terminal of the server. */
  'cli',
  /** The program by itself. */
  'system',
] as const;

/** One of the ways. */
export type Way = (typeof ways)[number];

/** What happened to a card. A move is two: out of one folder, into the other, so that each shows what it may. */
export const actions = ['created', 'updated', 'deleted', 'restored', 'movedOut', 'movedIn', 'handedOver'] as const;

/** One of the actions. */
export type Action = (typeof actions)[number];

/** Actions after which the card is no longer in the folder. */
export const leaving: ReadonlySet<Action> = new Set(['deleted', 'movedOut']);

/** Actions before which the card was not in the folder. */
export const arriving: ReadonlySet<Action> = new Set(['created', 'restored', 'movedIn']);
