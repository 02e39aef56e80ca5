import type { Generated } from 'kysely';
import type { AuditTables } from './rows/auditRows.ts';
import type { AppPasswordRow, DavPushSubscriptionRow, PushSubscriptionRow } from './rows/deviceRows.ts';
import type { ImportItemRow, ImportProblemRow, ImportRunRow, ZimbraItemRow } from './rows/importRows.ts';
import type { CardLinkRow, PrivateNoteRow } from './rows/personalRows.ts';
import type { AccessRequestRow, FolderHandoverRow } from './rows/requestRows.ts';

/**
 * The tables as they are after all migrations. Booleans are 0 or 1, times are ISO 8601 in UTC, so that every database
 * can store them.
 */
export type Schema = AuditTables & {
  principal: PrincipalRow;
  principal_member: { group_id: string; member_id: string };
  principal_beginning: { beginning: string; name_key: string; principal_id: string };
  principal_token: { token: string; name_key: string; principal_id: string };
  principal_login: PrincipalLoginRow;
  principal_change: { principal_id: string; changed_in: number; shown_since: number; is_shown: number };
  guest_invitation: GuestInvitationRow;
  directory_card: DirectoryCardRow;
  directory_token: { token: string; field: string; card_id: string };
  directory_phrase: { card_id: string; phrases: string };
  principal_reference: { principal_id: string; reference: string };
  group_reference: { group_id: string; reference: string };
  password_link: { principal_id: string; token_hash: string; expires_at: string };
  oauth_attempt: { state_hash: string; principal_id: string; sealed_verifier: string; expires_at: string };
  credential: { principal_id: string; password_hash: string; changed_at: string };
  app_password: AppPasswordRow;
  session: { token_hash: string; principal_id: string; created_at: string; expires_at: string };
  preference: PreferenceRow;
  layout: { principal_id: string; content: string };
  contacted: ContactedRow;
  forgotten_address: { principal_id: string; address_key: string; forgotten_at: string };
  collected_message: { principal_id: string; message_hash: string; seen_at: string };
  sent_mailbox: SentMailboxRow;
  setting: { name: string; value: string };
  account: { id: string; seq: number; created_at: string };
  lost_number: { log: string; last: number; resumes: number };
  /** On PostgreSQL alone. */
  server_life: { name: string; place: string };
  server_here: { name: string };
  address_book: AddressBookRow;
  folder_account: Pick<AddressBookRow, 'id' | 'account_id'>;
  card: CardRow;
  card_record: { card_id: string; vcard: string; account_id: string };
  card_text: CardTextRow;
  card_brief: CardTextRow;
  card_token: { account_id: string; field: string; token: string; card_id: string };
  card_words: { card_id: string; words: string; phrases: string; account_id: string };
  card_unindexed: { account_id: string; card_id: string };
  card_keyword: { account_id: string; keyword: string; card_id: string };
  keyword_color: { principal_id: string; keyword: string; color: string };
  card_link: CardLinkRow;
  private_note: PrivateNoteRow;
  private_note_token: { principal_id: string; token: string; contact_id: string };
  card_member: { account_id: string; uid: string; card_id: string };
  card_email: { card_id: string; position: number; account_id: string; address: string; address_key: string };
  card_match: { book_id: string; card_id: string; keys: string; account_id: string };
  card_unmatched: { card_id: string };
  duplicate_dismissal: { principal_id: string; one_id: string; other_id: string; duplicate_id: string };
  card_merge: CardMergeRow;
  card_merge_part: CardMergePartRow;
  card_merge_reader: { principal_id: string; merge_id: string };
  blob: { id: string; type: string; size: number; created_at: string; data: Uint8Array };
  blob_part: { blob_id: string; part: number; written_at: string; data: Uint8Array };
  blob_upload: { blob_id: string; account_id: string; uploaded_by: string; created_at: string };
  card_blob: { card_id: string; blob_id: string; account_id: string };
  small_photo: { blob_id: string; side: number; small_id: string | null; data: Uint8Array | null };
  card_version: Omit<CardVersionRow, 'id'> & { id: Generated<number> };
  version_blob: { version_id: number; position: number; blob_id: string; account_id: string };
  share: ShareRow;
  subscription: SubscriptionRow;
  ended_subscription: SubscriptionRow & { ended_at: string };
  change: ChangeRow;
  share_notification: ShareNotificationRow;
  folder_handover: FolderHandoverRow;
  folder_listing: { book_id: string; principal_id: string | null; words: string; listed_at: string };
  access_request: AccessRequestRow;
  dismissed_answer: { principal_id: string; book_id: string; decided_at: string };
  outbox: OutboxRow;
  program: { id: string; until: number };
  job_lease: { name: string; program_id: string };
  mail_count: { principal_id: string; slot: string; mails: number; guest_mails: number };
  unwanted_mail: { principal_id: string; kind: string };
  push_subscription: PushSubscriptionRow;
  push_creation: { principal_id: string; created_at: string };
  dav_name: { principal_id: string; name: string; book_id: string };
  dav_hidden: { principal_id: string; book_id: string };
  dav_push_subscription: DavPushSubscriptionRow;
  app_password_home: { app_password_id: string; segment: string; version: string | null; seq: number };
  dav_home: { principal_id: string; segment: string; version: string | null; seq: number };
  dav_property: { principal_id: string; book_id: string; name: string; value: string };
  import_run: ImportRunRow;
  import_item: ImportItemRow;
  import_made: { run_id: string; position: number; kind: 'folder' | 'share'; object_id: string };
  zimbra_item: ZimbraItemRow;
  import_problem: ImportProblemRow;
  import_mapping: { principal_id: string; headings_key: string; fields: string; dates: string; used_at: string };
  captured_mail: { id: string; sent_at: string; recipient: string; message: string };
};

/** The texts of a card in which devices search, in the form in which they are searched. */
export type CardTextRow = { book_id: string; card_id: string; text: string; account_id: string };

/** A person or a group, also of people who have left and of guests. */
export type PrincipalRow = {
  id: string;
  kind: 'individual' | 'group';
  name: string;
  email: string | null;
  /**
   * The address in the form in which addresses are compared, if the principal holds it: null for those who left, and
   * for the second of two.
   */
  email_key: string | null;
  description: string | null;
  time_zone: string | null;
  is_active: number;
  is_administrator: number;
  groups_version: number;
  created_at: string;
  source: 'local' | 'directory';
  external_id: string | null;
  is_listed: number;
  /** DirectoryDetails as JSON. */
  details: string;
  name_key: string;
  digest: string | null;
  used_at: string | null;
  /** Whether this is somebody outside the organisation with whom a folder is shared. */
  is_guest: number;
  idle_since: string | null;
  /** Of an entry of the organisation's directory: its DN. */
  place: string | null;
};

/** How « Annuaire » lists and sorts a person or group. */
export type DirectoryCardRow = {
  id: string;
  kind: PrincipalRow['kind'];
  place: string | null;
  is_shown: number;
  file_as_key: string;
  given_key: string;
  surname_key: string;
  created: string;
};

/** The personal link by which a guest accepts a share. */
export type GuestInvitationRow = {
  share_id: string;
  token_hash: string;
  sent_at: string;
  expires_at: string;
  used_at: string | null;
};

/** A name or address that a principal claims for signing in; whoever holds it is found by it. */
export type PrincipalLoginRow = {
  principal_id: string;
  login_key: string;
  is_address: number;
  is_held: number;
  claimed_at: string;
};

/** A folder; with `trash_id`, in the trash. */
export type AddressBookRow = {
  id: string;
  account_id: string;
  parent_id: string | null;
  role: 'contacts' | 'collected' | null;
  name: string;
  name_key: string;
  description: string | null;
  color: string | null;
  sort_order: number;
  is_default: number;
  card_count: number;
  seq: number;
  cards_seq: number;
  created_at: string;
  trash_id: string | null;
  deleted_at: string | null;
  deleted_by: string | null;
};

/** A card: its projection (`data`) and everything by which it is listed; the record is in `card_record`. */
export type CardRow = {
  id: string;
  account_id: string;
  book_id: string;
  uid: string;
  uri: string;
  etag: string;
  kind: string;
  file_as: string;
  file_as_key: string;
  given_key: string;
  surname_key: string;
  surname2_key: string;
  size: number;
  created: string;
  updated: string;
  trash_id: string | null;
  deleted_at: string | null;
  deleted_by: string | null;
  /** Who put it into its folder; null: nobody knows. */
  added_by: string | null;
  data: string;
};

/** One change of a card in the history; `vcard` is the record that it replaced. */
export type CardVersionRow = {
  id: number;
  card_id: string;
  account_id: string;
  book_id: string;
  other_book_id: string | null;
  at: string;
  author_id: string | null;
  way: string;
  action: string;
  operation: string | null;
  /** The first row of the changes that are shown as one; null: it is that row. */
  batch: number | null;
  name: string;
  vcard: string | null;
};

/** A merge of duplicates that can still be undone. */
export type CardMergeRow = {
  id: string;
  keep_id: string;
  name: string;
  merged_at: string;
  merged_by: string;
};

/** A card that took part in a merge: kept, merged into it, or a group whose members were changed. */
export type CardMergePartRow = {
  merge_id: string;
  card_id: string;
  role: 'kept' | 'merged' | 'group';
  name: string;
  /** Of what was rewritten: its text before, and what it was after; of a card that went into another, null. */
  vcard: string | null;
  etag: string | null;
  /** Whether the kept card follows, since the merge, the original that this one was a copy of. */
  gave_link: 0 | 1;
};

/** A grant on a folder: to a principal, a guest, or everybody with the link. */
export type ShareRow = {
  id: string;
  account_id: string;
  book_id: string;
  type: 'principal' | 'guest' | 'public';
  principal_id: string | null;
  email: string | null;
  may_read: number;
  may_write: number;
  /** Implied by may_write. */
  may_add: number;
  may_share: number;
  may_delete: number;
  expires_at: string | null;
  note: string | null;
  created_at: string;
  created_by: string;
};

/** A person's answer to a share, with their own name, colour and position for the folder. */
export type SubscriptionRow = {
  principal_id: string;
  book_id: string;
  account_id: string;
  status: 'waiting' | 'accepted' | 'declined';
  name: string | null;
  color: string | null;
  sort_order: number;
  decided_at: string;
};

/** The JMAP types whose changes are logged. */
export type ChangeType =
  | 'AddressBook'
  | 'ContactCard'
  | 'Share'
  | 'ShareInvitation'
  | 'ShareNotification'
  | 'TrashItem'
  | 'ContactImport'
  | 'FolderHandover'
  | 'AccessRequest'
  | 'Preferences'
  | 'PrivateNote'
  | 'CardLink';

/** A row of an account's change log; its key is account and `seq`. */
export type ChangeRow = {
  account_id: string;
  seq: number;
  type: ChangeType;
  object_id: string;
  kind: 'created' | 'updated' | 'destroyed' | 'access';
  book_id: string | null;
  reader_id: string | null;
  was_readable: number | null;
  /** What the card was called in its folder. */
  uri: string | null;
};

/** A ShareNotification (RFC 9670 §3); rights are in JSON. */
export type ShareNotificationRow = {
  id: string;
  principal_id: string;
  created: string;
  changed_by: string | null;
  object_account_id: string;
  object_id: string;
  old_rights: string | null;
  new_rights: string | null;
  name: string;
};

/** A mail that is waiting to be sent, or that was given up. */
export type OutboxRow = {
  id: string;
  /** Counts up: the order in which mails were queued. */
  position: number;
  /** The address of the recipient in small letters. */
  recipient: string;
  kind: string;
  queued_by: string | null;
  message: string;
  attempts: number;
  next_attempt_at: string;
  last_error: string | null;
  created_at: string;
  wanted_since: string;
  given_up_at: string | null;
  /** Who sends it; null: nobody at the moment. */
  program_id: string | null;
};

/** What a person has chosen for themselves. */
export type PreferenceRow = { principal_id: string; language: string | null; theme: string | null; collects: number };

/** How often a person has written to an address (see `noteContacted` for the score). */
export type ContactedRow = {
  principal_id: string;
  address_key: string;
  uses: number;
  last_used_at: string;
  score: number;
};

/** A person's folder of sent mail on another server, and how far it has been read. */
export type SentMailboxRow = {
  principal_id: string;
  host: string;
  port: number;
  username: string;
  sealed_password: string;
  mailbox: string;
  auth: 'password' | 'oauth';
  uid_validity: string | null;
  last_uid: number;
  last_read_at: string | null;
  last_error: string | null;
  failures: number;
  next_read_at: string;
};
