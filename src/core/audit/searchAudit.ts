import type { Reader } from '../../db/database.ts';
import type { AuditRow } from '../../db/rows/auditRows.ts';
import { auditKindOf } from '../../format/audit/auditKinds.ts';
import type { AuditWay } from '../../format/audit/auditKinds.ts';
import type { AuditDetails, AuditRecord, Named } from '../../format/audit/auditRecord.ts';
import { createBreath } from '../../lib/breath.ts';
import { foldWords } from '../../lib/fold.ts';
import { termOf } from './terms.ts';

/** What to search for; all conditions must hold. */
export type AuditFilter = {
  /** Every word must begin a word of a name, an address, or of what the record is about. */
  readonly text?: string;
  readonly person?: string;
  readonly objectId?: string;
  readonly kind?: string;
  readonly topic?: string;
  readonly severity?: string;
  readonly way?: string;
  readonly outcome?: string;
  /** From this time on. */
  readonly after?: string;
  /** Up to this time, and not at it. */
  readonly before?: string;
};

/** Any of these terms. */
type Condition = readonly string[];
/** The numbers between which records lie, both included. */
type Range = { readonly from: number; readonly to: number };

const mostWords = 8;
/** A beginning stands for so many words; of a shorter one the first in the alphabet. */
const mostExpansions = 32;
const mostCounted = 2000;
const candidatesAtOnce = 500;

/**
 * The numbers of matching records, newest first, below `from`. The rarest condition leads, and the others are checked
 * on what it finds, so that the cost is proportional to the result; in portions, so that nobody else has to wait.
 */
export async function findAudit(
  reader: Reader,
  filter: AuditFilter,
  { below, limit }: { readonly below: number | null; readonly limit: number },
): Promise<number[]> {
  let range = await rangeOf(reader, filter, below);
  const conditions = await conditionsOf(reader, filter);
  if (!range || conditions.some((condition) => condition.length === 0)) return [];
  const [lead, ...others] = await rarestFirst(reader, conditions, range);
  const breathe = createBreath(1);
  const found: number[] = [];
  while (found.length < limit && range.from <= range.to) {
    const { candidates, reached } = await nextOf(reader, lead, range);
    found.push(...(await matching(reader, candidates, others)));
    range = { from: range.from, to: reached - 1 };
    await breathe();
  }
  return found.slice(0, limit);
}

/** Records by their numbers, in the order of these. */
export async function readAudit(reader: Reader, seqs: readonly number[]): Promise<AuditRecord[]> {
  if (seqs.length === 0) return [];
  const rows = await reader.all(reader.build.selectFrom('audit_record').selectAll().where('seq', 'in', seqs));
  const known = new Map(rows.map((row) => [row.seq, row]));
  return seqs.flatMap((seq) => {
    const row = known.get(seq);
    return row ? [viewOf(row)] : [];
  });
}

/** The numbers of a period; null: nothing is in it. */
async function rangeOf(reader: Reader, { after, before }: AuditFilter, below: number | null): Promise<Range | null> {
  const records = reader.build.selectFrom('audit_record').select('seq');
  const first = await reader.first(
    (after === undefined ? records : records.where('at', '>=', after)).orderBy('at').orderBy('seq').limit(1),
  );
  const last = await reader.first(
    (before === undefined ? records : records.where('at', '<', before))
      .orderBy('at', 'desc')
      .orderBy('seq', 'desc')
      .limit(1),
  );
  if (!first || !last) return null;
  return { from: first.seq, to: below === null ? last.seq : Math.min(last.seq, below - 1) };
}

async function conditionsOf(reader: Reader, filter: AuditFilter): Promise<Condition[]> {
  const { person, objectId, kind, topic, severity, way, outcome, text } = filter;
  const conditions: Condition[] = [
    ...(person === undefined ? [] : [[termOf.person(person)]]),
    ...(objectId === undefined ? [] : [[termOf.object(objectId)]]),
    ...(kind === undefined ? [] : [[termOf.kind(kind)]]),
    ...(topic === undefined ? [] : [[termOf.topic(topic)]]),
    ...(severity === undefined ? [] : [[termOf.severity(severity)]]),
    ...(way === undefined ? [] : [[termOf.way(way)]]),
    ...(outcome === undefined ? [] : [[termOf.outcome(outcome)]]),
  ];
  const words = foldWords(text ?? '').slice(0, mostWords);
  if (words.length === 0 && (text ?? '').trim() !== '') return [[]];
  for (const word of words) conditions.push(await expand(reader, termOf.word(word)));
  return conditions;
}

/** The terms that begin like this: from one to the next by the index, however many records each of them has. */
async function expand(reader: Reader, beginning: string): Promise<string[]> {
  const terms: string[] = [];
  const words = reader.build.selectFrom('audit_term').select('term').where('term', '<', `${beginning}\u{10ffff}`);
  while (terms.length < mostExpansions) {
    const last = terms.at(-1);
    const next = last === undefined ? words.where('term', '>=', beginning) : words.where('term', '>', last);
    const found = await reader.first(next.orderBy('term').limit(1));
    if (!found) break;
    terms.push(found.term);
  }
  return terms;
}

async function rarestFirst(reader: Reader, conditions: readonly Condition[], range: Range): Promise<Condition[]> {
  if (conditions.length < 2) return [...conditions];
  const counted: { condition: Condition; count: number }[] = [];
  for (const condition of conditions) {
    let count = 0;
    for (const term of condition) count += (await seqsOf(reader, term, range, mostCounted)).length;
    counted.push({ condition, count });
  }
  return counted.sort((a, b) => a.count - b.count).map(({ condition }) => condition);
}

async function seqsOf({ build, all }: Reader, term: string, { from, to }: Range, limit: number): Promise<number[]> {
  const rows = build.selectFrom('audit_term').select('seq').where('term', '=', term);
  const inRange = rows.where('seq', '>=', from).where('seq', '<=', to);
  return (await all(inRange.orderBy('seq', 'desc').limit(limit))).map(({ seq }) => seq);
}

/** Some of what the leading condition finds, newest first, and the number down to which that is all of it. */
async function nextOf(
  reader: Reader,
  lead: Condition | undefined,
  range: Range,
): Promise<{ readonly candidates: number[]; readonly reached: number }> {
  if (!lead) {
    const { build } = reader;
    const inRange = build.selectFrom('audit_record').select('seq').where('seq', '>=', range.from);
    const rows = await reader.all(inRange.where('seq', '<=', range.to).orderBy('seq', 'desc').limit(candidatesAtOnce));
    return { candidates: rows.map(({ seq }) => seq), reached: rows.at(-1)?.seq ?? range.from };
  }
  const all = new Set<number>();
  let reached = range.from;
  for (const term of lead) {
    const seqs = await seqsOf(reader, term, range, candidatesAtOnce);
    for (const seq of seqs) all.add(seq);
    // Of this term there may be more below: what other terms have there waits for the next portion.
    if (seqs.length === candidatesAtOnce) reached = Math.max(reached, seqs.at(-1)!);
  }
  const candidates = [...all].filter((seq) => seq >= reached).sort((a, b) => b - a);
  return { candidates, reached };
}

async function matching(reader: Reader, candidates: number[], conditions: readonly Condition[]): Promise<number[]> {
  let left = candidates;
  for (const condition of conditions) {
    if (left.length === 0) return [];
    const kept = new Set<number>();
    for (let start = 0; start < left.length; start += candidatesAtOnce) {
      const some = left.slice(start, start + candidatesAtOnce);
      const rows = reader.build
        .selectFrom('audit_term')
        .select('seq')
        .where('term', 'in', [...condition]);
      for (const { seq } of await reader.all(rows.where('seq', 'in', some))) kept.add(seq);
    }
    left = left.filter((seq) => kept.has(seq));
  }
  return left;
}

function viewOf(row: AuditRow): AuditRecord {
  const named = (id: string | null, name: string | null): Named | null =>
    id === null && name === null ? null : { id, name: name ?? '' };
  const object = named(row.object_id, row.object_name);
  return {
    id: `a${row.seq}`,
    at: row.at,
    kind: row.kind,
    severity: auditKindOf(row.kind).severity,
    outcome: row.outcome,
    way: row.way as AuditWay,
    actor: named(row.actor_id, row.actor_name),
    owner: named(row.owner_id, row.owner_name),
    object: object && { type: row.object_type ?? '', ...object },
    other: named(row.other_id, row.other_name),
    appPassword: named(row.app_password_id, row.app_password_name),
    address: row.address,
    details: JSON.parse(row.details) as AuditDetails,
    hash: row.hash,
  };
}
