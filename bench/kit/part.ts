import type { Report } from './report.ts';

/** Where a part of the directory's benchmark may leave things, how large the directory is to be, and what it reports to. */
export type Part = { readonly folder: string; readonly size: number; readonly report: Report };
