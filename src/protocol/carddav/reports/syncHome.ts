import { homeViewer, readHome } from '../../../core/addressbook/homeState.ts';
import type { HomeChange } from '../../../core/addressbook/homeState.ts';
import type { Context } from '../../../core/context.ts';
import type { HttpReply } from '../../../lib/http/http.ts';
import { wholeMultistatus } from '../multistatus.ts';
import { dav, xml } from '../names.ts';
import { paths } from '../paths.ts';
import { resourceResponse, statusResponse, truncatedResponse } from '../propstat.ts';
import type { AnswerForm } from '../propstat.ts';
import { readHomeToken, writeHomeToken } from '../syncToken.ts';
import { bookResource } from '../tree.ts';

/** How a home is asked for what changed in it. */
export type HomeSync = {
  readonly token: string;
  readonly limit: number;
  /** Level « infinite »: the folders have tokens of their own, and say so. */
  readonly isDeep: boolean;
  readonly form: AnswerForm;
  readonly headers: Readonly<Record<string, string>>;
  /** Throws for a token that was never given out. */
  readonly refuse: () => never;
};

/** `D:sync-collection` on a home: folders that came, changed (name, colour, what one may do) and went. */
export async function syncHome(context: Context, sync: HomeSync): Promise<HttpReply> {
  const me = context.actor.principalId;
  const viewer = homeViewer(context);
  const { oldest, seq, changes } = await readHome(context);
  const since = sync.token === '' ? 0 : readHomeToken(viewer, { oldest, seq }, sync.token);
  if (since === null) return sync.refuse();
  const isFirst = sync.token === '';
  const news = changes.filter((change) => change.seq > since && !(isFirst && !change.book));
  const part = news.slice(0, sync.limit);
  let text = '';
  for (const change of part) text += await respond(context, change, sync);
  const isCut = part.length < news.length;
  if (isCut) text += truncatedResponse(paths.home(me));
  const reached = isCut ? part.at(-1)!.seq : seq;
  return wholeMultistatus(`${text}${xml(dav('sync-token'), writeHomeToken(viewer, reached))}\n`, sync.headers);
}

async function respond(context: Context, { segment, book }: HomeChange, { form, isDeep }: HomeSync): Promise<string> {
  const me = context.actor.principalId;
  if (!book) return statusResponse(paths.book(me, segment), '404 Not Found');
  const resource = bookResource(me, book);
  // RFC 6578 §3.3: what is below is not told here.
  if (isDeep) return statusResponse(resource.path, '403 Forbidden', xml(dav('sync-traversal-supported')));
  return resourceResponse(context, resource, form);
}
