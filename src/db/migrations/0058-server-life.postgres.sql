-- The life of the server in which programs write, and where it is. What is UNLOGGED is empty after a crash, on a standby that has
-- taken over, and where a base backup was put back: if the name is missing there, changes may be lost, and their numbers with them.
CREATE TABLE server_life (
  name TEXT COLLATE "C" PRIMARY KEY,
  place TEXT COLLATE "C" NOT NULL
);
CREATE UNLOGGED TABLE server_here (name TEXT COLLATE "C" NOT NULL);
