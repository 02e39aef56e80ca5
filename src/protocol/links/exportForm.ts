import { languageOf } from '../../core/auth/actorOf.ts';
import { extensions, mediaTypes } from '../../core/export/exportFile.ts';
import type { ExportForm } from '../../core/export/writeForm.ts';
import { writtenLayouts } from '../../format/csv/layouts/contactTable.ts';
import type { HttpReply, HttpRequest } from '../../lib/http/http.ts';
import { attachment } from '../../lib/http/contentDisposition.ts';

const formats: Readonly<Record<string, ExportForm['format']>> = { csv: 'csv', vcf: 'vcard', ldif: 'ldif' };

/** A last segment without its extension, and what the extension asks for; null: it has none that we know. */
export function splitExtension(
  segment: string,
): { readonly name: string; readonly format: ExportForm['format'] } | null {
  const [, name, extension] = /^(.*)\.(csv|vcf|ldif)$/isu.exec(segment) ?? [];
  return name ? { name, format: formats[extension!.toLowerCase()]! } : null;
}

/**
 * What to write: the extension decides, then `fmt` (as Zimbra's addresses have it), then CSV. `layout` is the program that
 * shall read a table (Zimbra's names of it, `csvfmt=outlook-2003-csv`, are known, too), `version` that of cards;
 * `privateNotes=true` writes what the person noted for themselves, too.
 */
export function exportForm(format: ExportForm['format'] | undefined, request: HttpRequest): ExportForm {
  const isNoted = request.url.searchParams.get('privateNotes') === 'true';
  return { ...fileForm(format, request), ...(isNoted ? { privateNotes: true } : {}) };
}

function fileForm(format: ExportForm['format'] | undefined, request: HttpRequest): ExportForm {
  const query = request.url.searchParams;
  const chosen = format ?? formats[query.get('fmt') ?? ''] ?? 'csv';
  if (chosen === 'ldif') return { format: 'ldif' };
  if (chosen === 'vcard') {
    const version = query.get('version');
    return version === '3.0' || version === '4.0' ? { format: 'vcard', version } : { format: 'vcard' };
  }
  const wanted = query.get('layout') ?? query.get('csvfmt')?.replace(/-.*/su, '');
  const layout = writtenLayouts.find((name) => name === wanted);
  const language = query.get('language') === 'en' ? 'en' : 'fr';
  return { format: 'csv', separator: separatorFor(request), ...(layout ? { layout, language } : {}) };
}

/**
 * `separator=;` or `,`, else what the Excel of the person expects: a French one puts a file with commas into a single
 * column. Only somebody who opens the address in a browser has an Excel; programs get the comma of RFC 4180.
 */
function separatorFor({ url, headers }: HttpRequest): ',' | ';' {
  const wanted = url.searchParams.get('separator');
  if (wanted === ';' || wanted === ',') return wanted;
  const isBrowser = headers.accept?.includes('text/html') ?? false;
  return isBrowser && languageOf(headers['accept-language']) === 'fr' ? ';' : ',';
}

/** The file itself. */
export function fileReply(name: string, form: ExportForm, body: AsyncIterable<string>): HttpReply {
  return download(`${name}.${extensions[form.format]}`, mediaTypes[form.format], body);
}

/** Something to keep, made while it is sent. */
export function download(name: string, type: string, body: AsyncIterable<string | Uint8Array>): HttpReply {
  return {
    status: 200,
    headers: {
      'Content-Type': type,
      'Content-Disposition': attachment(name),
      'Cache-Control': 'private, no-store',
      Vary: 'Accept, Accept-Language',
    },
    body,
  };
}
