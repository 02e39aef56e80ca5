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
