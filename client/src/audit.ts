import type { Id, UTCDate } from './types.ts';

/** Whom or what a record of the audit log names. */
export interface AuditNamed {
  readonly id: Id | null;
  readonly name: string;
}

/** One record of the audit log: docs/jmap-extension.md. */
export interface AuditRecord {
  readonly id: Id;
  readonly at: UTCDate;
  readonly kind: string;
  readonly severity: 'info' | 'notice' | 'warning';
  readonly outcome: 'done' | 'refused';
  readonly way: 'web' | 'jmap' | 'carddav' | 'link' | 'import' | 'cli' | 'system';
  readonly actor: AuditNamed | null;
  readonly owner: AuditNamed | null;
  readonly object: (AuditNamed & { readonly type: string }) | null;
  readonly other: AuditNamed | null;
  readonly appPassword: AuditNamed | null;
  readonly address: string | null;
  readonly details: Readonly<Record<string, string | number | boolean>>;
  readonly hash: string;
}
