import type { AuditRecord } from './audit.ts';
import type { DataTypes } from './dataTypes.ts';
import type { Duplicate, Merge, UndoneMerges } from './duplicates.ts';
import type { CardActivity, CardVersion, Undone } from './history.ts';
import type { ImportPreview, ImportProblem } from './imports.ts';
import type { ListedFolder } from './requests.ts';
import type {
  ChangesResponse,
  DirectoryStatus,
  GetResponse,
  HeldMail,
  Id,
  MailboxProblem,
  ManagedPrincipal,
  QueryChangesResponse,
  QueryResponse,
  SetError,
  SetResponse,
  Suggestion,
} from './types.ts';
import type { FetchedZimbra, ZimbraPreview } from './zimbra.ts';

/** A value, or a reference to a part of an earlier response in its place, under the name with a `#` (RFC 8620 §3.7). */
type Arguments = Readonly<Record<string, unknown>>;

/** The types that have each of the standard methods of RFC 8620 §5. */
type Gettable = keyof DataTypes;
type Changing = Exclude<Gettable, 'Preferences' | 'AppPassword'>;
type Queryable = 'ContactCard' | 'Principal' | 'ShareNotification' | 'TrashItem';

type Getting = { readonly [T in Gettable as `${T}/get`]: GetResponse<DataTypes[T]> };
type Following = { readonly [T in Changing as `${T}/changes`]: ChangesResponse };
type Setting = { readonly [T in Gettable as `${T}/set`]: SetResponse<DataTypes[T]> };
type Querying = { readonly [T in Queryable as `${T}/query`]: QueryResponse };
type QueryFollowing = { readonly [T in Queryable as `${T}/queryChanges`]: QueryChangesResponse };

type Refusals = Readonly<Record<Id, SetError>> | null;

type Others = {
  readonly 'Core/echo': Arguments;
  readonly 'ContactCard/copy': SetResponse<DataTypes['ContactCard']> & { readonly fromAccountId: Id };
  readonly 'ContactCard/parse': {
    readonly accountId: Id;
    readonly parsed: Readonly<Record<Id, readonly Arguments[]>> | null;
    readonly notParsable: readonly Id[] | null;
    readonly notFound: readonly Id[] | null;
  };
  readonly 'ContactCard/export': { readonly blobAccountId: Id; readonly blobId: Id };
  readonly 'ContactImport/preview': ImportPreview;
  readonly 'ContactImport/previewZimbra': ZimbraPreview;
  readonly 'ContactImport/fetchZimbra': FetchedZimbra;
  readonly 'ContactImport/report': {
    readonly total: number;
    readonly list: readonly ImportProblem[];
    readonly keptIds: readonly Id[];
  };
  readonly 'Keyword/query': {
    readonly accountId: Id;
    readonly list: readonly { readonly keyword: string; readonly count: number }[];
  };
  readonly 'Suggestion/query': {
    readonly accountId: Id;
    readonly list: readonly Suggestion[];
    /** Since when the organisation's directory does not answer. */
    readonly directoryDownSince?: string | null;
  };
  readonly 'Share/resend': { readonly resent: readonly Id[]; readonly notResent: Refusals };
  readonly 'TrashItem/restore': {
    readonly restored: Readonly<Record<Id, { readonly accountId: Id; readonly addressBookId: Id }>> | null;
    readonly notRestored: Refusals;
  };
  readonly 'ListedFolder/query': {
    readonly accountId: Id;
    readonly position: number;
    readonly total: number;
    readonly list: readonly ListedFolder[];
  };
  readonly 'TrashItem/empty': Arguments;
  readonly 'Duplicate/get': GetResponse<Duplicate>;
  readonly 'Duplicate/query': QueryResponse;
  readonly 'Duplicate/set': SetResponse<Duplicate>;
  readonly 'Merge/get': GetResponse<Merge>;
  readonly 'Merge/query': QueryResponse;
  readonly 'Merge/set': SetResponse<Merge>;
  readonly 'Merge/undo': UndoneMerges;
  readonly 'CardVersion/get': GetResponse<CardVersion>;
  readonly 'CardVersion/query': QueryResponse;
  readonly 'CardVersion/restore': { readonly cardId: Id; readonly addressBookId: Id; readonly operationId: Id };
  readonly 'CardVersion/undo': Undone;
  readonly 'CardVersion/erase': { readonly erased: number };
  readonly 'CardActivity/get': GetResponse<CardActivity>;
  readonly 'CardActivity/query': QueryResponse;
  readonly 'AddressBook/rewind': Undone;
  readonly 'Preferences/testSentMailbox': {
    readonly mailboxes: readonly string[];
    readonly sent: string | null;
    readonly problem: MailboxProblem | null;
  };
  readonly 'Preferences/beginMailboxConsent': { readonly url: string };
  readonly 'ManagedPrincipal/get': GetResponse<ManagedPrincipal>;
  readonly 'ManagedPrincipal/query': QueryResponse;
  readonly 'ManagedPrincipal/set': SetResponse<ManagedPrincipal>;
  readonly 'ManagedPrincipal/createPasswordLink': { readonly url: string; readonly expiresAt: string };
  readonly 'ManagedPrincipal/giveFolders': {
    readonly folders: readonly string[];
    readonly cards: number;
    readonly shares: number;
  };
  readonly 'AuditRecord/get': GetResponse<AuditRecord>;
  readonly 'AuditRecord/query': QueryResponse;
  readonly 'DirectoryStatus/get': GetResponse<DirectoryStatus>;
  readonly 'HeldMail/get': GetResponse<HeldMail>;
  readonly 'HeldMail/set': SetResponse<HeldMail>;
  readonly 'HeldMail/retry': { readonly retried: readonly Id[]; readonly notRetried: Refusals };
  readonly 'Blob/copy': { readonly copied: Readonly<Record<Id, Id>> | null };
};

/** Every method with its response: the names of RFC 8620, 9610, 9670, 9404, 9425 and docs/jmap-extension.md. */
export type Methods = Getting & Following & Setting & Querying & QueryFollowing & Others;

/** The response of a method; of one that is not in the table, whatever it says. */
export type ResponseOf<N extends string> = N extends keyof Methods ? Methods[N] : unknown;
