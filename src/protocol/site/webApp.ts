import { createHash, randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import type { HttpReply, HttpRequest } from '../../lib/http/http.ts';
import { pathSegments } from '../../lib/http/http.ts';
import { empty, text } from '../../lib/http/reply.ts';
import { appPolicy, workerPolicy } from './securityHeaders.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
};
const compressed = new Set(['.js', '.css', '.svg', '.webmanifest', '.json', '.txt']);
const compressBrotli = promisify(brotliCompress);

type File = {
  readonly modified: number;
  readonly body: Uint8Array;
  readonly brotli: Uint8Array | null;
  readonly etag: string;
};

/** Serves the built web app: its files, and its page for everything else that a browser opens. */
export function createWebApp(folder: string): (request: HttpRequest) => Promise<HttpReply> {
  const files = new Map<string, File>();

  // The build may be made anew while the server runs: what is in memory holds as long as the file has not changed.
  async function load(path: string): Promise<File | undefined> {
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const known = files.get(path);
    if (known?.modified === found.mtimeMs) return known;
    const body = await readFile(path);
    const file = {
      modified: found.mtimeMs,
      body,
      brotli: compressed.has(extname(path)) ? await compressBrotli(body) : null,
      etag: `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    };
    files.set(path, file);
    return file;
  }

  return async (request) => {
    if (request.method !== 'GET') return empty(405, { Allow: 'GET, HEAD' });
    const segments = pathSegments(request.url);
    if (segments && segments.every(isPlain) && segments.at(-1) !== 'index.html') {
      const path = join(folder, ...segments);
      const file = types[extname(path)] === undefined ? undefined : await load(path);
      if (file) return fileReply(request, path, file, segments[0] === 'assets');
    }
    if (segments?.[0] === 'assets' || !acceptsHtml(request)) return text(404, 'Not found\n');
    const page = await load(join(folder, 'index.html'));
    return page ? pageReply(page) : notBuilt();
  };
}

function fileReply(request: HttpRequest, path: string, file: File, isHashed: boolean): HttpReply {
  // A name with a hash in it never stands for other content.
  const cache = isHashed ? 'public, max-age=31536000, immutable' : 'no-cache';
  const headers = {
    'Cache-Control': cache,
    ETag: file.etag,
    Vary: 'Accept-Encoding',
    ...(basename(path) === 'worker.js' ? { 'Content-Security-Policy': workerPolicy } : {}),
  };
  if (request.headers['if-none-match']?.includes(file.etag)) return empty(304, headers);
  const typed = { ...headers, 'Content-Type': types[extname(path)]! };
  const accepted = request.headers['accept-encoding'] ?? '';
  if (file.brotli && /\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/u.test(String(accepted))) {
    return { status: 200, headers: { ...typed, 'Content-Encoding': 'br' }, body: file.brotli };
  }
  return { status: 200, headers: typed, body: file.body };
}

function pageReply(page: File): HttpReply {
  const nonce = randomBytes(16).toString('base64');
  return {
    status: 200,
    headers: {
      'Content-Type': types['.html']!,
      'Cache-Control': 'no-cache',
      'Content-Security-Policy': appPolicy(nonce),
    },
    body: Buffer.from(page.body).toString('utf8').replaceAll('__CSP_NONCE__', nonce),
  };
}

function notBuilt(): HttpReply {
  const sentence = 'The web app has not been built: start the server with « npm start », which builds it.';
  return text(503, `Coterie\n\n${sentence}\n`, { 'Cache-Control': 'no-store' });
}

/** No way out of the folder, and nothing hidden. */
function isPlain(segment: string): boolean {
  return segment !== '' && !segment.startsWith('.') && !/[/\\\0]/u.test(segment);
}

function acceptsHtml(request: HttpRequest): boolean {
  return /text\/html|\*\/\*/u.test(request.headers.accept ?? '*/*');
}
