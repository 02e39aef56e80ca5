-- What programs that share this database tell each other with their commits; kept for two minutes. After a crash it is
-- empty, and so it need not be: whoever has lost the connection looks at everything anew.
CREATE UNLOGGED TABLE commit_news (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
  at TIMESTAMPTZ NOT NULL DEFAULT now(),
  program TEXT COLLATE "C" NOT NULL,
  message TEXT COLLATE "C" NOT NULL
);
CREATE INDEX commit_news_xact ON commit_news (xact);

-- Who has to wait, as all programs count it; times are seconds since 1970.
CREATE UNLOGGED TABLE throttle (
  key TEXT COLLATE "C" PRIMARY KEY,
  failures BIGINT NOT NULL,
  last_at DOUBLE PRECISION NOT NULL,
  forgotten_at DOUBLE PRECISION NOT NULL
);
