import { languageOf } from '../../core/auth/actorOf.ts';
import type { ExportForm } from '../../core/export/exportFolder.ts';
import type { HttpReply, HttpRequest } from '../../lib/http/http.ts';
import { attachment } from '../../lib/http/contentDisposition.ts';

const extensions: Readonly<Record<string, 'csv' | 'vcard'>> = { csv: 'csv', vcf: 'vcard' };

/** A last segment without its extension, and what the extension asks for; null: it has none that we know. */
export function splitExtension(
  segment: string,
): { readonly name: string; readonly format: ExportForm['format'] } | null {
  const [, name, extension] = /^(.*)\.(csv|vcf)$/isu.exec(segment) ?? [];
  return name ? { name, format: extensions[extension!.toLowerCase()]! } : null;
}

/** What to write: the extension decides, then `fmt` (as Zimbra's addresses have it), then CSV. */
export function exportForm(format: ExportForm['format'] | undefined, request: HttpRequest): ExportForm {
  const query = request.url.searchParams;
  const chosen = format ?? extensions[query.get('fmt') ?? ''] ?? 'csv';
  return chosen === 'vcard' ? { format: 'vcard' } : { format: 'csv', separator: separatorFor(request) };
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
  const isCsv = form.format === 'csv';
  return {
    status: 200,
    headers: {
      // RFC 4180 §3, RFC 6350 §10.1.
      'Content-Type': isCsv ? 'text/csv; charset=utf-8; header=present' : 'text/vcard; charset=utf-8',
      'Content-Disposition': attachment(`${name}.${isCsv ? 'csv' : 'vcf'}`),
      'Cache-Control': 'private, no-store',
      Vary: 'Accept, Accept-Language',
    },
    body,
  };
}
