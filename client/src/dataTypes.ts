import type { ContactImport } from './imports.ts';
import type { CardLink, PrivateNote } from './personal.ts';
import type { AccessRequest, FolderHandover } from './requests.ts';
import type {
  AddressBook,
  AppPassword,
  ContactCard,
  Preferences,
  Principal,
  Share,
  ShareInvitation,
  ShareNotification,
  TrashItem,
} from './types.ts';

/** The types that live in the cache, by their JMAP names. */
export interface DataTypes {
  AddressBook: AddressBook;
  ContactCard: ContactCard;
  Share: Share;
  ShareInvitation: ShareInvitation;
  ShareNotification: ShareNotification;
  TrashItem: TrashItem;
  ContactImport: ContactImport;
  FolderHandover: FolderHandover;
  AccessRequest: AccessRequest;
  Principal: Principal;
  Preferences: Preferences;
  PrivateNote: PrivateNote;
  CardLink: CardLink;
  AppPassword: AppPassword;
}

/** The name of one of these types. */
export type TypeName = keyof DataTypes;
