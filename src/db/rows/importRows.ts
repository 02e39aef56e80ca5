/** An import that a person asked for. */
export type ImportRunRow = {
  id: string;
  kind: 'file' | 'zimbra';
  principal_id: string;
  book_id: string;
  blob_account_id: string;
  blob_id: string;
  name: string;
  choices: string;
  state: 'waiting' | 'running' | 'done' | 'cancelled' | 'interrupted' | 'failed' | 'undoing' | 'undone';
  reason: string | null;
  total: number | null;
  done: number;
  made: number;
  merged: number;
  skipped: number;
  failed: number;
  undone: number;
  kept: number;
  created_at: string;
  ended_at: string | null;
  /** Who carries it out; null: nobody at the moment. */
  program_id: string | null;
};

/** A card that an import made or changed, for undoing it. */
export type ImportItemRow = {
  run_id: string;
  card_id: string;
  etag: string;
  before: string | null;
  is_kept: number;
  /** null: in the folder of the import. */
  book_id: string | null;
};

/** What became of a folder, contact or share of a Zimbra mailbox, so that moving in again recognises it. */
export type ZimbraItemRow = {
  principal_id: string;
  source: string;
  kind: 'folder' | 'contact' | 'share';
  item_id: string;
  object_id: string;
  folder_id: string;
  mark: string;
  etag: string | null;
};

/** Something in a file that was not understood. */
export type ImportProblemRow = {
  run_id: string;
  position: number;
  /** In an archive. */
  file: string | null;
  line: number;
  reason: string;
  is_lost: number;
  detail: string | null;
  text: string;
};
