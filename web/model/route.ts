import type { Id } from '../../client/src/types.ts';

/** What the list pane lists. */
export type ContactsView =
  | { readonly kind: 'home' }
  | { readonly kind: 'folder'; readonly accountId: Id; readonly bookId: Id }
  | { readonly kind: 'search'; readonly text: string }
  | { readonly kind: 'trash' };

/** What the card pane shows: one card, an empty form, or nothing. */
export type CardPlace = { readonly accountId: Id; readonly cardId: Id } | 'new' | null;

/** What an address of the app shows. */
export type Route =
  | { readonly screen: 'contacts'; readonly view: ContactsView; readonly card: CardPlace }
  | { readonly screen: 'preferences'; readonly section: string }
  | {
      readonly screen: 'invitation';
      readonly accountId: Id;
      readonly bookId: Id;
      readonly answer: 'accept' | 'decline';
    }
  | { readonly screen: 'handover'; readonly id: Id; readonly answer: 'accept' | 'decline' }
  | { readonly screen: 'accessRequest'; readonly id: Id }
  | { readonly screen: 'duplicates'; readonly section: string }
  | { readonly screen: 'signIn'; readonly next: string | null }
  | { readonly screen: 'administration'; readonly section: string }
  | { readonly screen: 'setup'; readonly token: string | null }
  | { readonly screen: 'guest'; readonly token: string }
  | { readonly screen: 'password'; readonly token: string | null }
  | { readonly screen: 'notFound' };

// "+new" cannot be an id: RFC 8620 §1.2 allows letters, digits, "-" and "_".
const newCard = '+new';

/** The route of an address; every address of the app is listed here. */
export function parseRoute(path: string, query: string): Route {
  const [first, ...rest] = path.split('/').filter(Boolean).map(decode);
  const parameters = new URLSearchParams(query);
  const parse = first === undefined ? contactsHome : parsers.get(first);
  return parse?.(rest, parameters) ?? { screen: 'notFound' };
}

type Parser = (parts: readonly string[], query: URLSearchParams) => Route | undefined;

const contactsHome: Parser = () => ({ screen: 'contacts', view: { kind: 'home' }, card: null });

const parsers: ReadonlyMap<string, Parser> = new Map<string, Parser>([
  [
    'folders',
    ([accountId, bookId, cardId]) => {
      if (accountId === undefined || bookId === undefined) return undefined;
      const card = cardId === undefined ? null : cardId === newCard ? 'new' : { accountId, cardId };
      return { screen: 'contacts', view: { kind: 'folder', accountId, bookId }, card };
    },
  ],
  [
    'search',
    ([accountId, cardId], query) => {
      const card = accountId !== undefined && cardId !== undefined ? { accountId, cardId } : null;
      return { screen: 'contacts', view: { kind: 'search', text: query.get('q') ?? '' }, card };
    },
  ],
  ['trash', () => ({ screen: 'contacts', view: { kind: 'trash' }, card: null })],
  ['duplicates', ([section]) => ({ screen: 'duplicates', section: section ?? 'open' })],
  ['preferences', ([section]) => ({ screen: 'preferences', section: section ?? 'general' })],
  [
    'share',
    ([accountId, bookId, answer]) => {
      if (accountId === undefined || bookId === undefined) return undefined;
      if (answer !== 'accept' && answer !== 'decline') return undefined;
      return { screen: 'invitation', accountId, bookId, answer };
    },
  ],
  [
    'handover',
    ([id, answer]) => {
      if (id === undefined || (answer !== 'accept' && answer !== 'decline')) return undefined;
      return { screen: 'handover', id, answer };
    },
  ],
  ['access-request', ([id]) => (id === undefined ? undefined : { screen: 'accessRequest', id })],
  ['sign-in', (_, query) => ({ screen: 'signIn', next: query.get('next') })],
  ['guest', ([token]) => (token === undefined ? undefined : { screen: 'guest', token })],
  ['administration', ([section]) => ({ screen: 'administration', section: section ?? 'people' })],
  ['password', (_, query) => ({ screen: 'password', token: query.get('token') })],
  ['setup', (_, query) => ({ screen: 'setup', token: query.get('token') })],
]);

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a view of the contacts, with a card open in it. */
export function contactsPath(view: ContactsView, card: CardPlace = null): string {
  if (view.kind === 'folder') {
    const open = card === 'new' ? `/${newCard}` : card ? `/${encodeURIComponent(card.cardId)}` : '';
    return `/folders/${encodeURIComponent(view.accountId)}/${encodeURIComponent(view.bookId)}${open}`;
  }
  if (view.kind === 'search') {
    const open =
      card && card !== 'new' ? `/${encodeURIComponent(card.accountId)}/${encodeURIComponent(card.cardId)}` : '';
    return `/search${open}?q=${encodeURIComponent(view.text)}`;
  }
  return view.kind === 'trash' ? '/trash' : '/';
}

/** The address of a folder. */
export function folderPath(accountId: Id, bookId: Id, card: CardPlace = null): string {
  return contactsPath({ kind: 'folder', accountId, bookId }, card);
}

/** The sign-in page that leads back to an address of this app afterwards. */
export function signInPath(next: string): string {
  return next === '/' || next.startsWith('/sign-in') ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;
}

/** Where to go after signing in: only ever a path of this app, whatever the link said. */
export function safeNext(next: string | null): string {
  if (!next?.startsWith('/') || next.startsWith('//') || next.includes('\\')) return '/';
  return next;
}
