import type { AuditRow } from '../../db/rows/auditRows.ts';
import { auditKindOf } from '../../format/audit/auditKinds.ts';
import { foldWords } from '../../lib/fold.ts';

const mostWords = 40;
const longestWord = 60;

/** By what kind of term a record is found: one letter each, since there are many of them. */
export const termOf = {
  kind: (kind: string) => `k:${kind}`,
  topic: (topic: string) => `t:${topic}`,
  severity: (severity: string) => `s:${severity}`,
  outcome: (outcome: string) => `o:${outcome}`,
  way: (way: string) => `w:${way}`,
  person: (id: string) => `p:${id}`,
  object: (id: string) => `b:${id}`,
  /** A word, or the beginning of words. */
  word: (word: string) => `x:${word.slice(0, longestWord)}`,
} as const;

/** All by which a record is found. It follows from the record alone, so that purging finds it again. */
export function termsOf(row: Omit<AuditRow, 'hash'>): string[] {
  const { topic, severity } = auditKindOf(row.kind);
  const names = [row.actor_name, row.owner_name, row.object_name, row.other_name, row.app_password_name, row.address];
  const words = names.flatMap((name) => (name === null ? [] : foldWords(name))).slice(0, mostWords);
  const people = [row.actor_id, row.owner_id, row.other_id, row.object_type === 'Principal' ? row.object_id : null];
  return [
    ...new Set([
      termOf.kind(row.kind),
      termOf.topic(topic),
      termOf.severity(severity),
      termOf.outcome(row.outcome),
      termOf.way(row.way),
      ...people.flatMap((id) => (id === null ? [] : termOf.person(id))),
      ...(row.object_id === null ? [] : [termOf.object(row.object_id)]),
      ...words.map(termOf.word),
    ]),
  ];
}
