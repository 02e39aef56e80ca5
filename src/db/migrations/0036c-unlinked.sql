-- « Délier » can be taken back for a day: until then the link is only told to follow nothing.
ALTER TABLE card_link ADD COLUMN unlinked_at TEXT;
CREATE INDEX card_link_by_end ON card_link (unlinked_at) WHERE unlinked_at IS NOT NULL;
