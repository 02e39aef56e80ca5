-- How much the cards of an account take is read from this alone.
CREATE INDEX card_size ON card (account_id, size) WHERE trash_id IS NULL;
