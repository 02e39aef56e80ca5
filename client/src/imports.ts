import type { Id } from './types.ts';

/** An import of contacts: how far it is, and what became of it (docs/jmap-extension.md). */
export interface ContactImport {
  readonly id: Id;
  readonly addressBookId: Id;
  readonly name: string;
  readonly state: 'waiting' | 'running' | 'done' | 'cancelled' | 'interrupted' | 'failed' | 'undoing' | 'undone';
  readonly reason: string | null;
  readonly total: number | null;
  readonly done: number;
  readonly made: number;
  readonly merged: number;
  readonly skipped: number;
  readonly failed: number;
  readonly undone: number;
  readonly kept: number;
}

/** A line that an import did not understand. */
export interface ImportProblem {
  readonly file: string | null;
  readonly line: number;
  readonly reason: string;
  readonly isLost: boolean;
  readonly detail?: string | null;
  readonly text: string;
}

/** What an upload holds, and what an import of it would do. */
export interface ImportPreview {
  readonly kind: string;
  readonly charset: string;
  readonly files: readonly string[];
  readonly table: {
    readonly layout: string | null;
    readonly delimiter: string;
    readonly hasHeader: boolean;
    readonly headings: readonly string[];
    readonly fields: readonly (string | null)[];
    readonly dates: 'dmy' | 'mdy';
    readonly unknown: readonly number[];
    readonly samples: readonly (readonly string[])[];
    readonly isRemembered: boolean;
  } | null;
  readonly count: number;
  readonly cards: readonly Readonly<Record<string, unknown>>[];
  readonly problems: readonly ImportProblem[];
  readonly problemCount: number;
  readonly duplicateCount: number;
}
