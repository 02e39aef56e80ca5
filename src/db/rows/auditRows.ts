/** The tables of the audit log. */
export type AuditTables = {
  audit_record: AuditRow;
  audit_term: { term: string; seq: number };
  audit_head: AuditHeadRow;
  audit_tally: AuditTallyRow;
};

/** One record of the audit log. */
export type AuditRow = {
  seq: number;
  at: string;
  kind: string;
  outcome: 'done' | 'refused';
  way: string;
  actor_id: string | null;
  actor_name: string | null;
  owner_id: string | null;
  owner_name: string | null;
  object_type: string | null;
  object_id: string | null;
  object_name: string | null;
  other_id: string | null;
  other_name: string | null;
  app_password_id: string | null;
  app_password_name: string | null;
  address: string | null;
  /** In JSON. */
  details: string;
  hash: string;
};

type AuditHeadRow = {
  id: number;
  seq: number;
  at: string;
  hash: string;
  purged_seq: number;
  purged_hash: string;
};

/** Counts acts of one kind that happen too often to be recorded one by one. */
export type AuditTallyRow = {
  day: string;
  kind: string;
  subject: string;
  times: number;
  first_at: string;
  last_at: string;
  /** The act, in JSON. */
  act: string;
};
