import type { HomeBook } from '../../core/addressbook/homeBooks.ts';
import type { CardEntry } from '../../core/card/cardEntries.ts';
import type { DirectoryEntry } from './directory/entries.ts';
import type { Notice } from './notices/notices.ts';

/** A person or a group, as far as this door tells it. */
export type DavPrincipal = {
  readonly id: string;
  readonly kind: 'individual' | 'group';
  readonly name: string;
  readonly email: string | null;
};

type At = {
  /** Percent-encoded, and always the same for the same resource: clients compare octets. Collections end with a slash. */
  readonly path: string;
};

/** An address book in somebody's home: their own, or one that they have accepted. */
export type BookResource = At & { readonly kind: 'book'; readonly book: HomeBook };

/** Where a card is or may be put: its folder, its name there, and the address that is asked for. */
export type CardPlace = At & { readonly book: BookResource; readonly uri: string };

/** An address object resource; its record is there where it was read along. */
export type CardResource = At & {
  readonly kind: 'card';
  readonly book: BookResource;
  readonly card: CardEntry & { readonly vcard?: string };
};

/** What a person is told of a folder that is shared with them, or of an answer to what they share. */
export type NotificationResource = At & { readonly kind: 'notification'; readonly notice: Notice };

/** Somebody of the directory as a card. */
export type EntryResource = At & { readonly kind: 'entry'; readonly entry: DirectoryEntry };

/** What an address of this door stands for. */
export type Resource =
  | (At & { readonly kind: 'root' | 'principals' | 'homes' | 'notifications' | 'directory' })
  | (At & { readonly kind: 'oneHome' | 'oneBook' })
  | (At & { readonly kind: 'principal'; readonly principal: DavPrincipal })
  | (At & { readonly kind: 'home' })
  | BookResource
  | CardResource
  | NotificationResource
  | EntryResource;

export type ResourceKind = Resource['kind'];
