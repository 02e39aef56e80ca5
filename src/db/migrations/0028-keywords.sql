-- The keywords of the cards (tags, CATEGORIES), by which they are found.
CREATE TABLE card_keyword (
  account_id TEXT NOT NULL,
  keyword TEXT NOT NULL,
  card_id TEXT NOT NULL REFERENCES card (id) ON DELETE CASCADE,
  PRIMARY KEY (account_id, keyword, card_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX card_keyword_by_card ON card_keyword (card_id);

INSERT INTO card_keyword
  SELECT card.account_id, entry.key, card.id FROM card, json_each(card.data, '$.keywords') AS entry;

-- The colours that a person has given to keywords.
CREATE TABLE keyword_color (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  keyword TEXT NOT NULL,
  color TEXT NOT NULL,
  PRIMARY KEY (principal_id, keyword)
) STRICT, WITHOUT ROWID;

-- What a name is sorted as (SORT-AS) decides its place in lists.
UPDATE card SET file_as_key = substr(fold_text(
    json_extract(data, '$.name.sortAs.surname')
    || CASE WHEN given_key = '' THEN '' ELSE ', ' || given_key END
  ), 1, 200)
  WHERE json_extract(data, '$.name.sortAs.surname') <> '';
