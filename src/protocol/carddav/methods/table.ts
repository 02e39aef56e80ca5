import type { Context } from '../../../core/context.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { requireCollection, requireMatch } from '../conditions.ts';
import { DavError } from '../errors.ts';
import { carddav, xml } from '../names.ts';
import { everywhere } from '../properties/define.ts';
import type { Resource, ResourceKind } from '../resources.ts';
import { resourceAt } from '../tree.ts';
import type { Place } from '../tree.ts';
import { acl } from './acl.ts';
import { findCardPlace, refusePlace } from './cardPlace.ts';
import type { PlaceOfCard } from './cardPlace.ts';
import { remove } from './delete.ts';
import { get } from './get.ts';
import { mkcol } from './mkcol.ts';
import { post } from './post.ts';
import { propfind } from './propfind.ts';
import { proppatch } from './proppatch.ts';
import { put } from './put.ts';
import { report } from './report.ts';
import { copy, move } from './transfer.ts';

/** A method on something that is there. */
type Method = {
  readonly on: readonly ResourceKind[];
  answer(context: Context, resource: Resource, request: HttpRequest): Promise<HttpReply>;
};

/** What may be done with resources that exist. */
export const methods: Readonly<Record<string, Method>> = {
  GET: { on: ['book', 'card', 'notification', 'entry'], answer: get },
  DELETE: { on: everywhere, answer: remove },
  PROPFIND: { on: everywhere, answer: propfind },
  PROPPATCH: { on: everywhere, answer: proppatch },
  REPORT: { on: everywhere, answer: report },
  COPY: { on: everywhere, answer: copy },
  MOVE: { on: everywhere, answer: move },
  POST: { on: ['book', 'home', 'notification'], answer: post },
  ACL: { on: ['book'], answer: acl },
};

/** A method that makes what need not be there; null: not at this place. */
type Maker = (context: Context, place: Place, request: HttpRequest) => Promise<HttpReply> | null;

export const makers: Readonly<Record<string, Maker>> = {
  PUT: putAt,
  MKCOL: makeAt,
};

function putAt(context: Context, place: Place, request: HttpRequest): Promise<HttpReply> | null {
  return place.kind === 'card' || place.kind === 'oneCard' ? putCard(context, place, request) : null;
}

async function putCard(context: Context, place: PlaceOfCard, request: HttpRequest): Promise<HttpReply> {
  const where = await findCardPlace(context, place);
  if (where) return put(context, where, request);
  // The one book is always there: who thinks that the card is, too, is told that it has gone.
  if (place.kind === 'oneCard') requireMatch(request, undefined);
  throw refusePlace(context, place);
}

/** RFC 4918 §9.3.1: 405 over what is there, 409 without a collection around it, 403 where none may be. */
async function makeAt(context: Context, place: Place, request: HttpRequest): Promise<HttpReply> {
  if (await resourceAt(context, place)) throw new DavError(405, null, { Allow: methodsFor('book').join(', ') });
  await requireCollection(context, request, undefined);
  if (place.kind === 'book' && place.personId === context.actor.principalId)
    return mkcol(context, place.segment, request);
  const wrongPlace = new DavError(403, xml(carddav('addressbook-collection-location-ok')));
  if (place.kind !== 'card') throw wrongPlace;
  const around = await resourceAt(context, { ...place, kind: 'book' });
  throw around ? wrongPlace : new DavError(409);
}

/** The methods for `Allow`; without a kind: of what is not there. */
export function methodsFor(kind: ResourceKind | undefined): string[] {
  const known = Object.entries(methods).filter(([, { on }]) => kind === undefined || on.includes(kind));
  const making =
    kind === undefined ? Object.keys(makers) : kind === 'card' ? ['PUT'] : kind === 'home' ? ['MKCOL'] : [];
  return ['OPTIONS', ...known.flatMap(([name]) => (name === 'GET' ? ['GET', 'HEAD'] : [name])), ...making];
}
