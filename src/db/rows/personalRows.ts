/** What a person noted about a contact. */
export type PrivateNoteRow = {
  principal_id: string;
  /** A card, or somebody of « Annuaire ». */
  contact_id: string;
  card_id: string | null;
  person_id: string | null;
  text: string;
  phrases: string;
  updated: string;
};

/** A copy that follows the card that it was made from. */
export type CardLinkRow = {
  copy_id: string;
  /** Who made the copy. */
  principal_id: string;
  source_id: string;
  source_account_id: string;
  source_book_id: string;
  /** What the original said when it was read last, in JSON. */
  base: string;
  /** Pointers, in JSON. */
  conflicts: string;
  due: 0 | 1 | 2;
  created_at: string;
  /** Since when it follows nothing; null: it does. */
  unlinked_at: string | null;
};
