import { randomBytes } from 'node:crypto';
import { languageOf } from '../../core/auth/actorOf.ts';
import type { World } from '../../core/context.ts';
import { setMailWanted } from '../../core/preferences/mailChoices.ts';
import { readUnsubscribeToken } from '../../core/preferences/unsubscribeLink.ts';
import { pagePolicy } from '../../format/page/htmlPage.ts';
import { pathSegments } from '../../lib/http/http.ts';
import type { Door, HttpReply } from '../../lib/http/http.ts';
import { text } from '../../lib/http/reply.ts';
import { unsubscribePage } from './unsubscribePage.ts';
import type { UnsubscribeStep } from './unsubscribePage.ts';

/**
 * `/mail/stop/<token>`: the link in a mail that ends mails of its kind. Opening it only asks, because programs open
 * links, too; a POST does it, from our page or in one click from a mail program (RFC 8058). `…/again` takes it back.
 */
export function createUnsubscribeDoor(world: World): Door {
  return async (request) => {
    const isPost = request.method === 'POST';
    if (!isPost && request.method !== 'GET') return text(405, 'Method Not Allowed\n', { Allow: 'GET, HEAD, POST' });
    const [, , token = '', last, ...rest] = pathSegments(request.url) ?? [];
    const isKnownPath = rest.length === 0 && (last === undefined || (last === 'again' && isPost));
    const about = isKnownPath ? await readUnsubscribeToken(world, token) : undefined;
    const language = languageOf(request.headers['accept-language']);
    const options = { language, nonce: randomBytes(16).toString('base64'), organisation: world.settings.organisation };
    const show = (step: UnsubscribeStep) => {
      const path = `/mail/stop/${encodeURIComponent(token)}`;
      return page(
        step === 'wrong' ? 404 : 200,
        unsubscribePage({ ...options, step, kind: about?.kind ?? null, path }),
        options.nonce,
      );
    };
    if (!about) return show('wrong');
    if (!isPost) return show('ask');
    const isWanted = last === 'again';
    await setMailWanted(world, about, isWanted);
    return show(isWanted ? 'again' : 'done');
  };
}

/** The address is the secret: it goes neither to other sites nor into an index. */
function page(status: number, html: string, nonce: string): HttpReply {
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': pagePolicy(nonce).replace("form-action 'none'", "form-action 'self'"),
    'Cache-Control': 'private, no-store',
    Vary: 'Accept-Language',
    'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex, nofollow',
  };
  return { status, headers, body: html };
}
