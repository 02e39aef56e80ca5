/** An import: what a person brought in. */
export type ImportRunRow = {
  id: string;
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
};

/** What of a file was not understood. */
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
