-- Of a card that went into another: 1 where the kept card follows, since the merge, what this one followed.
ALTER TABLE card_merge_part ADD COLUMN gave_link INTEGER NOT NULL DEFAULT 0;
