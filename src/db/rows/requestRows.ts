/** A folder on its way to a new owner. */
export type FolderHandoverRow = {
  id: string;
  book_id: string;
  name: string;
  from_id: string;
  to_id: string;
  kept_role: 'none' | 'viewer' | 'contributor' | 'manager' | 'admin';
  note: string | null;
  status: 'waiting' | 'accepted' | 'declined';
  created_at: string;
  decided_at: string | null;
};

/** Somebody who asked for access to a folder. */
export type AccessRequestRow = {
  id: string;
  book_id: string;
  name: string;
  owner_id: string;
  asked_by: string;
  note: string | null;
  status: 'waiting' | 'granted' | 'declined' | 'withdrawn';
  created_at: string;
  decided_at: string | null;
  is_dismissed: number;
};
