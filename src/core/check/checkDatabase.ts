import type { Reader } from '../../db/database.ts';
import { readDamage, readDangling, readNumbering } from '../../db/soundness.ts';
import { checkAudit } from '../audit/checkAudit.ts';
import { checkCards } from '../card/checkCards.ts';
import type { World } from '../context.ts';
import { checkBlobs } from './checkBlobs.ts';
import { createTally } from './finding.ts';
import type { Finding } from './finding.ts';
import { folderRules } from './folderRules.ts';
import { logRules } from './logRules.ts';
import { askRule } from './rule.ts';
import { shareRules } from './shareRules.ts';
import { strayRules } from './strayRules.ts';

/** One state of the database, and the key of the audit log. */
export type CheckedWorld = { readonly db: Reader; readonly settings: Pick<World['settings'], 'auditKey' | 'linkKey'> };

/**
 * Checks everything that is always true of the data, one rule after the other, in memory that does not grow with the
 * database.
 */
export async function* checkDatabase(world: CheckedWorld): AsyncGenerator<Finding> {
  const { db } = world;
  const file = createTally('the database is sound');
  file.look();
  for (const said of await readDamage(db)) file.fault(said);
  yield file.finding();
  const references = createTally('a row that refers to another has it');
  for await (const { table, column, rows, dangling } of readDangling(db)) {
    references.look(rows);
    for (let each = 0; each < dangling; each++) references.fault(`${table}.${column}`);
  }
  yield references.finding();
  const numbers = createTally('a number that was given is not given again');
  for await (const { table, isBehind } of readNumbering(db)) {
    numbers.look();
    if (isBehind) numbers.fault(table);
  }
  yield numbers.finding();
  for (const rule of [...folderRules, ...strayRules, ...logRules, ...shareRules]) yield await askRule(db, rule);
  yield await cards(db);
  yield await checkBlobs(db);
  yield await auditLog(world);
}

async function cards(db: Reader): Promise<Finding> {
  const tally = createTally('a contact is shown and found as its record says');
  let total = 0;
  for (const { id, problem } of await checkCards({ db }, (checked) => (total = checked)))
    tally.fault(`card ${id}: ${problem}`);
  tally.look(total);
  return tally.finding();
}

async function auditLog(world: CheckedWorld): Promise<Finding> {
  const { records, broken, head } = await checkAudit(world);
  const whole = `the audit log is whole, its last record is ${head.seq} ${head.hash}`;
  const what =
    broken &&
    { missing: 'is missing', changed: 'was changed, or secret.key is another', end: 'was cut off at the end' }[
      broken.what
    ];
  return {
    holds: whole,
    checked: records,
    faults: broken ? 1 : 0,
    first: broken && `audit_record ${broken.seq} ${what}`,
  };
}
