import { randomBytes } from 'node:crypto';
import { languageOf } from '../../core/auth/actorOf.ts';
import type { World } from '../../core/context.ts';
import {
  findCapturedMail,
  listCapturedMail,
  listCapturedRecipients,
  newestCapturedMail,
} from '../../core/outbox/capturedMail.ts';
import type { CapturedMail } from '../../core/outbox/capturedMail.ts';
import { pagePolicy } from '../../format/page/htmlPage.ts';
import { pathSegments } from '../../lib/http/http.ts';
import type { Door, HttpReply, HttpRequest } from '../../lib/http/http.ts';
import { text } from '../../lib/http/reply.ts';
import { frameRights, mailList, mailPage } from './mailPage.ts';
import type { MailView } from './mailPage.ts';
import { refreshScript } from './refreshScript.ts';

/** `/demo/mail`: the mails that never left, for everybody on this machine. Only a demonstration has this door. */
export function createDemoMailDoor(world: World): Door {
  return async (request) => {
    if (request.method !== 'GET') return text(405, 'Method Not Allowed\n', { Allow: 'GET, HEAD' });
    const [, , id, part, ...rest] = (pathSegments(request.url) ?? []).filter(
      (segment, index) => index < 2 || segment !== '',
    );
    if (rest.length > 0 || (part !== undefined && part !== 'html')) return text(404, 'Not Found\n');
    if (id === 'refresh.js') return reply('text/javascript', refreshScript);
    if (id === 'list') return listOf(world, request);
    if (id !== undefined && part === 'html') return contentOf(await findCapturedMail(world, id));
    const view = await viewOf(world, request, id ?? null);
    const nonce = randomBytes(16).toString('base64');
    const policy = pagePolicy(nonce, ["script-src 'self'", "connect-src 'self'", "frame-src 'self'"]);
    return { ...reply('text/html', mailPage(view, nonce), policy), status: view.open === undefined ? 404 : 200 };
  };
}

/** The list anew, or 204 when the page knows the newest mail already. */
async function listOf(world: World, request: HttpRequest): Promise<HttpReply> {
  const query = request.url.searchParams;
  if (query.get('known') === (await newestCapturedMail(world)))
    return { status: 204, headers: { 'Cache-Control': 'no-store' } };
  const view = await viewOf(world, request, query.get('open'));
  const list = reply('text/html', mailList(view));
  return { ...list, headers: { ...list.headers, 'X-Newest': view.newest } };
}

async function viewOf(world: World, request: HttpRequest, openId: string | null): Promise<MailView> {
  const query = request.url.searchParams;
  const recipient = query.get('to');
  return {
    language: languageOf(request.headers['accept-language']),
    mails: await listCapturedMail(world, recipient),
    recipients: await listCapturedRecipients(world),
    newest: await newestCapturedMail(world),
    recipient,
    open: openId === null ? null : await findCapturedMail(world, openId),
    asText: query.get('view') === 'text',
  };
}

/** The HTML of a mail as its sender wrote it: it may show itself and follow links out of its frame, no more. */
function contentOf(mail: CapturedMail | undefined): HttpReply {
  if (!mail) return text(404, 'Not Found\n');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox ${frameRights}`;
  // A base without an address only says where links open.
  return reply('text/html', mail.message.html.replace('<head>', '<head><base target="_top">'), policy);
}

function reply(type: string, body: string, policy?: string): HttpReply {
  const headers = {
    'Content-Type': `${type}; charset=utf-8`,
    'Cache-Control': 'no-store',
    Vary: 'Accept-Language',
    ...(policy === undefined ? {} : { 'Content-Security-Policy': policy }),
  };
  return { status: 200, headers, body };
}
