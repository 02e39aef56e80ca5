import { exportAuditLog } from '../../core/administration/auditLog.ts';
import type { AuditFilter } from '../../core/audit/searchAudit.ts';
import type { Actor } from '../../core/actor.ts';
import type { World } from '../../core/context.ts';
import { AppError } from '../../errors.ts';
import { writeAuditFile } from '../../format/audit/auditFile.ts';
import type { Door, HttpReply } from '../../lib/http/http.ts';
import { text } from '../../lib/http/reply.ts';
import { download } from './exportForm.ts';

/** What the door needs. */
export type AuditOptions = {
  readonly world: World;
  /** Who asks, by cookie or HTTP Basic; null: nobody. */
  authenticate(request: Parameters<Door>[0]): Promise<Actor | null>;
};

const types = { csv: 'text/csv; charset=utf-8; header=present', jsonl: 'application/x-ndjson' } as const;
const texts = ['text', 'person', 'objectId', 'kind', 'topic', 'severity', 'way', 'outcome'] as const;
const times = ['after', 'before'] as const;

/** `/audit.csv` and `/audit.jsonl`: the audit log as a file, for administrators, with the filter of AuditRecord/query as its query. */
export function createAuditDoor({ world, authenticate }: AuditOptions): Door {
  return async (request) => {
    if (request.method !== 'GET') return text(405, 'Method Not Allowed\n', { Allow: 'GET, HEAD' });
    const [, format] = /^\/audit\.(csv|jsonl)$/u.exec(request.url.pathname) ?? [];
    if (format !== 'csv' && format !== 'jsonl') return text(404, 'Not found\n');
    try {
      const actor = await authenticate(request);
      if (!actor) return text(401, 'Identifiez-vous. Please sign in.\n', { 'Cache-Control': 'no-store' });
      const query = request.url.searchParams;
      const way = actor.sessionHash === undefined ? ('link' as const) : ('web' as const);
      const language = query.get('language') === 'en' ? 'en' : 'fr';
      const separator = query.get('separator') === ';' ? ';' : ',';
      const pages = exportAuditLog({ ...world, actor, way }, readFilter(query), format);
      const body = await started(writeAuditFile(pages, { format, language, separator }));
      return download(`audit.${format}`, types[format], body);
    } catch (error) {
      return refusal(error);
    }
  };
}

function readFilter(query: URLSearchParams): AuditFilter {
  const filter: Record<string, string> = {};
  for (const name of texts) {
    const value = query.get(name);
    if (value) filter[name] = value.slice(0, 500);
  }
  for (const name of times) {
    const value = query.get(name);
    if (!value) continue;
    const time = new Date(value);
    if (Number.isNaN(time.getTime())) throw new AppError('invalid', `${name} is not a time`);
    filter[name] = time.toISOString();
  }
  return filter;
}

/** The first page comes before the headers: who may not read the log is told so, not sent half a file. */
async function started(file: AsyncGenerator<string>): Promise<AsyncGenerator<string>> {
  const parts = [await file.next(), await file.next()];
  return (async function* () {
    for (const part of parts) if (!part.done) yield part.value;
    yield* file;
  })();
}

const statuses = { forbidden: 403, invalid: 400, tooManyAttempts: 429 } as const;

function refusal(error: unknown): HttpReply {
  if (!(error instanceof AppError) || !Object.hasOwn(statuses, error.kind)) throw error;
  return text(statuses[error.kind as keyof typeof statuses], `${error.message}\n`, { 'Cache-Control': 'no-store' });
}
