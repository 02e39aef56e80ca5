-- What a person notes for themselves about a contact. Nobody else sees it, whatever they may read, so it is in no card.
CREATE TABLE private_note (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  -- The contact: a card, or somebody of « Annuaire ». One of the next two is the same, so that the note ends with it.
  contact_id TEXT NOT NULL,
  card_id TEXT REFERENCES card (id) ON DELETE CASCADE,
  person_id TEXT REFERENCES principal (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  -- The words in their order, as card_phrase has them; '' for a single word.
  phrases TEXT NOT NULL,
  updated TEXT NOT NULL,
  PRIMARY KEY (principal_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX private_note_by_card ON private_note (card_id);
CREATE INDEX private_note_by_person ON private_note (person_id);

-- The words by which each person finds their own.
CREATE TABLE private_note_token (
  principal_id TEXT NOT NULL,
  token TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  PRIMARY KEY (principal_id, token, contact_id),
  FOREIGN KEY (principal_id, contact_id) REFERENCES private_note (principal_id, contact_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX private_note_token_by_note ON private_note_token (principal_id, contact_id, token);
