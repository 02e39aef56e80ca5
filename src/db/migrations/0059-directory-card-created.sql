-- « Annuaire » is sorted by when somebody came into it, too (RFC 9610 §3.3.2). Rows that the version before writes while nodes are
-- upgraded one after the other get it from the trigger.
ALTER TABLE directory_card ADD COLUMN created TEXT NOT NULL DEFAULT '';
UPDATE directory_card SET created = (SELECT created_at FROM principal WHERE principal.id = directory_card.id);
CREATE INDEX directory_card_by_created ON directory_card (created, id, kind) WHERE is_shown = 1;

CREATE TRIGGER directory_card_created AFTER INSERT ON directory_card WHEN NEW.created = '' BEGIN
  UPDATE directory_card SET created = (SELECT created_at FROM principal WHERE principal.id = NEW.id) WHERE id = NEW.id;
END;
