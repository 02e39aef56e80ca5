-- What the programs of a person keep about how they show lists and panes; the server does not look into it.
CREATE TABLE layout (
  principal_id TEXT NOT NULL PRIMARY KEY REFERENCES principal (id) ON DELETE CASCADE,
  content TEXT NOT NULL
) STRICT;
