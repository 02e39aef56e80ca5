import type { Client } from 'pg';

/** So many partitions has each table: as many nodes as a test tells apart. */
export const partitionCount = 8;

const owned = `address_book change card card_record card_text card_brief card_words card_token card_unindexed
  card_keyword card_member card_email card_match card_blob card_version version_blob`.split(/\s+/u);
const personal = `preference layout contacted forgotten_address keyword_color subscription dav_name dav_hidden dav_home
  dav_property private_note private_note_token share_notification`.split(/\s+/u);

/** By which column the rows of a table belong to an account; the account of a person has the id of the person. */
const keys: ReadonlyMap<string, string> = new Map([
  ['account', 'id'],
  ...owned.map((table) => [table, 'account_id'] as const),
  ...personal.map((table) => [table, 'principal_id'] as const),
]);

/** The tables that are cut into partitions. */
export const partitionedTables: readonly string[] = [...keys.keys()];

/** Tables that lie in one place and say of each row to which account it belongs, though it is not by that that they are read. */
const knowsAccount: ReadonlySet<string> = new Set([...owned, 'share', 'subscription', 'ended_subscription']);

/**
 * Makes of a database that has the newest schema and no rows one in which the tables of accounts are hash-partitioned by account, as
 * they would lie on many nodes: unique keys and references get the account where they lack it, and what a reference
 * cannot say there (from what one person has to what another owns) a trigger does.
 */
export async function partition(client: Client): Promise<void> {
  const tables = await Promise.all(Array.from(keys, ([name, key]) => readTable(client, name, key)));
  const references = await readReferences(client);
  const names = tables.map(({ name }) => name);
  const steps = [
    'DROP VIEW folder_account',
    ...names.map((name) => `ALTER TABLE ${name} RENAME TO old_${name}`),
    ...tables.flatMap(makeTable),
    ...names.map((name) => `DROP TABLE old_${name} CASCADE`),
    ...tables.flatMap(({ indexes }) => indexes),
    ...references.map(refer),
    ...tables.flatMap(({ triggers }) => triggers),
    // Rows are numbered over all partitions.
    'CREATE SEQUENCE card_version_number',
    `ALTER TABLE card_version ALTER COLUMN id SET DEFAULT nextval('card_version_number')`,
    ...folderAccounts,
  ];
  await client.query('BEGIN');
  for (const step of steps)
    await client.query(step).catch((error: Error) => {
      throw new Error(`${error.message}: ${step}`);
    });
  await client.query('COMMIT');
}

/** Where the folder is: an index that lies across all accounts. */
const folderAccounts = [
  'CREATE TABLE folder_account (id TEXT COLLATE "C" PRIMARY KEY, account_id TEXT COLLATE "C" NOT NULL)',
  `CREATE FUNCTION folder_comes() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
    INSERT INTO folder_account VALUES (NEW.id, NEW.account_id)
      ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id;
    RETURN NULL; END $body$`,
  `CREATE TRIGGER folder_comes AFTER INSERT OR UPDATE OF account_id ON address_book FOR EACH ROW EXECUTE FUNCTION folder_comes()`,
  `CREATE FUNCTION folder_goes() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
    DELETE FROM folder_account WHERE id = OLD.id AND account_id = OLD.account_id;
    RETURN NULL; END $body$`,
  `CREATE TRIGGER folder_goes AFTER DELETE ON address_book FOR EACH ROW EXECUTE FUNCTION folder_goes()`,
];

type Table = {
  readonly name: string;
  readonly key: string;
  readonly indexes: readonly string[];
  readonly triggers: readonly string[];
};

function makeTable({ name, key }: Table): string[] {
  const like = `LIKE old_${name} INCLUDING DEFAULTS INCLUDING CONSTRAINTS`;
  return [
    `CREATE TABLE ${name} (${like}) PARTITION BY HASH (${key})`,
    ...Array.from(
      { length: partitionCount },
      (_, number) =>
        `CREATE TABLE ${name}_p${number} PARTITION OF ${name} FOR VALUES WITH (MODULUS ${partitionCount}, REMAINDER ${number})`,
    ),
  ];
}

type Index = { definition: string; unique: boolean; primary: boolean; columns: string[] };

async function readTable(client: Client, name: string, key: string): Promise<Table> {
  const indexes = await client.query<Index>(
    `SELECT pg_get_indexdef(indexrelid) AS definition, indisunique AS unique, indisprimary AS primary,
       ARRAY(SELECT pg_get_indexdef(indexrelid, place, false) FROM generate_series(1, indnkeyatts) AS place) AS columns
     FROM pg_index WHERE indrelid = $1::regclass`,
    [name],
  );
  const triggers = await client.query<{ definition: string }>(
    'SELECT pg_get_triggerdef(oid) AS definition FROM pg_trigger WHERE tgrelid = $1::regclass AND NOT tgisinternal',
    [name],
  );
  return {
    name,
    key,
    indexes: indexes.rows.map((index) => indexWith(name, key, index)),
    triggers: triggers.rows.map(({ definition }) => definition),
  };
}

/** The index, with the account where it is to be unique: only within a partition can that be seen to. */
function indexWith(table: string, key: string, { definition, unique, primary, columns }: Index): string {
  const isWhole = !unique || columns.includes(key);
  if (primary) return `ALTER TABLE ${table} ADD PRIMARY KEY (${(isWhole ? columns : [key, ...columns]).join(', ')})`;
  return isWhole ? definition : definition.replace('USING btree (', `USING btree (${key}, `);
}

type Reference = { table: string; referred: string; columns: string[]; targets: string[]; cascades: boolean };

async function readReferences(client: Client): Promise<Reference[]> {
  const named = (numbers: string, of: string) =>
    `ARRAY(SELECT attname::text FROM unnest(${numbers}) WITH ORDINALITY AS part (number, place)
       JOIN pg_attribute ON attrelid = ${of} AND attnum = part.number ORDER BY place)`;
  const { rows } = await client.query<Reference>(
    `SELECT conrelid::regclass::text AS table, confrelid::regclass::text AS referred, confdeltype = 'c' AS cascades,
       ${named('conkey', 'conrelid')} AS columns, ${named('confkey', 'confrelid')} AS targets
     FROM pg_constraint WHERE contype = 'f'`,
  );
  return rows.filter(({ table, referred }) => keys.has(table) || keys.has(referred));
}

function refer({ table, referred, columns, targets, cascades }: Reference): string {
  const key = keys.get(referred);
  const isWhole = key === undefined || targets.includes(key);
  const end = `${cascades ? 'ON DELETE CASCADE ' : ''}DEFERRABLE INITIALLY DEFERRED`;
  const reference = (from: readonly string[], to: readonly string[]) =>
    `ALTER TABLE ${table} ADD FOREIGN KEY (${from.join(', ')}) REFERENCES ${referred} (${to.join(', ')}) ${end}`;
  if (isWhole) return reference(columns, targets);
  if (knowsAccount.has(table)) return reference(['account_id', ...columns], [key, ...targets]);
  const name = `${table}_goes_with_${columns[0]}`;
  // A row that moves to another partition is deleted in the one where it was.
  return `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
      IF NOT EXISTS (SELECT 1 FROM ${referred} WHERE ${targets[0]} = OLD.${targets[0]}) THEN
        DELETE FROM ${table} WHERE ${columns[0]} = OLD.${targets[0]};
      END IF;
      RETURN NULL; END $body$;
    CREATE TRIGGER ${name} AFTER DELETE ON ${referred} FOR EACH ROW EXECUTE FUNCTION ${name}()`;
}
