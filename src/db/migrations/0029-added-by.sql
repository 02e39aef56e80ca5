-- Who put a card into the folder in which it is: made it there, or moved or copied it into it. A contributor changes and
-- deletes what they added themselves. null: before this was kept, or the program.
ALTER TABLE card ADD COLUMN added_by TEXT;
UPDATE card SET added_by = (
  SELECT author_id FROM card_version
  WHERE card_version.card_id = card.id AND card_version.book_id = card.book_id AND action IN ('created', 'movedIn')
  ORDER BY card_version.id DESC LIMIT 1);

-- To add cards, where one may not write. Whoever may write may add, whatever stands here.
ALTER TABLE share ADD COLUMN may_add INTEGER NOT NULL DEFAULT 0 CHECK (may_add IN (0, 1));
