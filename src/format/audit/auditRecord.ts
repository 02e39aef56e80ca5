import { roleNames } from '../roleNames.ts';
import { auditKindOf } from './auditKinds.ts';
import type { AuditWay, Severity } from './auditKinds.ts';

/** Whom or what a record names: the id, and the name at that time. */
export type Named = { readonly id: string | null; readonly name: string };

/** Facts of an act: counts, roles, dates; never contents of contacts. */
export type AuditDetails = Readonly<Record<string, string | number | boolean>>;

/** One record of the audit log, as it is told. */
export type AuditRecord = {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly severity: Severity;
  readonly outcome: 'done' | 'refused';
  readonly way: AuditWay;
  /** null: nobody who is known, or the program. */
  readonly actor: Named | null;
  /** In whose account, when that is not the actor's own. */
  readonly owner: Named | null;
  readonly object: (Named & { readonly type: string }) | null;
  readonly other: Named | null;
  readonly appPassword: Named | null;
  readonly address: string | null;
  readonly details: AuditDetails;
  /** Of this record and all before it. */
  readonly hash: string;
};

/** A language that sentences are written in. */
export type AuditLanguage = 'fr' | 'en';

const words = {
  fr: {
    actor: { cli: 'Le terminal du serveur', system: 'Coterie', none: 'quelqu’un d’inconnu' },
    times: (count: number) => ` (${count} fois ce jour-là)`,
  },
  en: {
    actor: { cli: 'The terminal of the server', system: 'Coterie', none: 'somebody unknown' },
    times: (count: number) => ` (${count} times that day)`,
  },
} as const;

/** The name of a role as the sharing dialog says it; what is none of them, as it is. */
export function roleName(role: string, language: AuditLanguage): string {
  return (roleNames[language] as Readonly<Record<string, string | undefined>>)[role] ?? role;
}

/** Of « {cards|contact|contacts} », which word follows the number. */
const plurals = { fr: new Intl.PluralRules('fr'), en: new Intl.PluralRules('en') };

/** A record as a sentence: « Ada Démo a partagé « Presse » avec Ben Exemple (Visionneur) ». */
export function auditSentence(record: AuditRecord, language: AuditLanguage): string {
  const { actor: actors, times } = words[language];
  const unknown = record.way === 'cli' || record.way === 'system' ? actors[record.way] : actors.none;
  const { details } = record;
  const role = String(details['role'] ?? '');
  const values: Readonly<Record<string, string | number | boolean | undefined>> = {
    ...details,
    role: roleName(role, language),
    actor: record.actor?.name ?? unknown,
    object: record.object?.name ?? actors.none,
    other: record.other?.name ?? actors.none,
    owner: record.owner?.name ?? '',
  };
  const sentence = auditKindOf(record.kind)[language].replace(
    /\{(\w+)(?:\|([^|}]+)\|([^}]+))?\}/gu,
    (_all, name: string, one?: string, other?: string) => {
      const value = String(values[name] ?? '?');
      if (one === undefined) return value;
      return `${value} ${plurals[language].select(Number(value)) === 'one' ? one : other}`;
    },
  );
  return typeof details['times'] === 'number' ? sentence + times(details['times']) : sentence;
}
