import type { ExportForm } from './writeForm.ts';

/** RFC 4180 §3, RFC 6350 §10.1; LDIF has no type of its own that is registered. */
export const mediaTypes: Readonly<Record<ExportForm['format'], string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  vcard: 'text/vcard; charset=utf-8',
  ldif: 'text/ldif; charset=utf-8',
};

/** How the names of files end. */
export const extensions: Readonly<Record<ExportForm['format'], string>> = { csv: 'csv', vcard: 'vcf', ldif: 'ldif' };
