-- All words that a card is found by, each with the letter of its field (' g.jean s.martin '), and its values of several words in
-- their order (card_phrase, until now): one row for each card, from which the index is made.
CREATE TABLE card_words (
  card_id TEXT PRIMARY KEY REFERENCES card (id) ON DELETE CASCADE,
  words TEXT NOT NULL,
  phrases TEXT NOT NULL
) STRICT;
INSERT INTO card_words
  SELECT card.id,
    coalesce((SELECT ' ' || group_concat(field || '.' || token, ' ') || ' ' FROM card_token WHERE card_id = card.id), ' '),
    coalesce((SELECT phrases FROM card_phrase WHERE card_id = card.id), '')
  FROM card ORDER BY card.id;
DROP TABLE card_phrase;

-- Cards whose words are not in the index yet: it is brought up to date with many cards at once. Whoever searches looks at these, too.
CREATE TABLE card_unindexed (
  account_id TEXT NOT NULL,
  card_id TEXT NOT NULL,
  PRIMARY KEY (account_id, card_id)
) STRICT, WITHOUT ROWID;

-- Which words a card has is known without this: they are not indexed by it a second time.
CREATE TABLE card_token_of_account (
  account_id TEXT NOT NULL,
  field TEXT NOT NULL,
  token TEXT NOT NULL,
  card_id TEXT NOT NULL,
  PRIMARY KEY (account_id, field, token, card_id)
) STRICT, WITHOUT ROWID;
INSERT INTO card_token_of_account
  SELECT account_id, field, token, card_id FROM card_token ORDER BY account_id, field, token, card_id;
DROP TABLE card_token;
ALTER TABLE card_token_of_account RENAME TO card_token;
