import { randomBytes } from 'node:crypto';
import { languageOf } from '../../core/auth/actorOf.ts';
import type { World } from '../../core/context.ts';
import { exportLinkedFolder } from '../../core/export/exportFolder.ts';
import { readLink } from '../../core/sharing/links.ts';
import { pagePolicy } from '../../format/page/htmlPage.ts';
import { pathSegments } from '../../lib/http/http.ts';
import type { Door, HttpReply } from '../../lib/http/http.ts';
import { text } from '../../lib/http/reply.ts';
import type { RequestRate } from '../../core/auth/requestRate.ts';
import { exportForm, fileReply, splitExtension } from './exportForm.ts';
import { gonePage, sharedPage } from './sharedPage.ts';

/** The address is the secret: it goes neither to other sites nor into an index. */
const discreet = { 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex, nofollow' };

const tooMany = 'Trop de demandes, réessayez dans un instant. Too many requests, try again in a moment.\n';

/** `/shared/<token>`: what everybody may see who has the link; with `.csv` or `.vcf` the file itself. */
export function createSharedDoor(world: World, rate: RequestRate): Door {
  return async (request) => {
    if (request.method !== 'GET') return text(405, 'Method Not Allowed\n', { Allow: 'GET, HEAD' });
    const language = languageOf(request.headers['accept-language']);
    const options = { language, nonce: randomBytes(16).toString('base64'), organisation: world.settings.organisation };
    const [, segment = '', ...rest] = pathSegments(request.url) ?? [];
    const split = splitExtension(segment);
    const token = split?.name ?? segment;
    const link = rest.length === 0 ? await readLink(world, token) : undefined;
    if (!link) return page(404, gonePage(options), options.nonce);
    const wait = rate.take(`link ${token}`);
    if (wait > 0) return text(429, tooMany, { 'Cache-Control': 'no-store', 'Retry-After': String(wait) });
    if (!split) return page(200, sharedPage(link, token, options), options.nonce);
    const form = exportForm(split.format, request);
    const reply = fileReply(
      link.book.name,
      form,
      exportLinkedFolder(world, { token, address: request.remoteAddress }, form),
    );
    return { ...reply, headers: { ...reply.headers, ...discreet } };
  };
}

function page(status: number, html: string, nonce: string): HttpReply {
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': pagePolicy(nonce),
    'Cache-Control': 'private, no-store',
    Vary: 'Accept-Language',
    ...discreet,
  };
  return { status, headers, body: html };
}
