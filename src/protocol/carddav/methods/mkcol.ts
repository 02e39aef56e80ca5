import { createHomeBook } from '../../../core/addressbook/createHomeBook.ts';
import { setDavProperty } from '../../../core/addressbook/davProperties.ts';
import type { Context } from '../../../core/context.ts';
import { serializeElement } from '../../../lib/xml/serializeElement.ts';
import { childOf, textOf } from '../../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../../lib/xml/xmlElement.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { empty } from '../../../lib/http/reply.ts';
import { DavError } from '../errors.ts';
import { readInstructions } from '../instructions.ts';
import type { Instruction } from '../instructions.ts';
import { readColorText } from '../colorText.ts';
import { carddav, colorNames, dav, xml, xmlDocument } from '../names.ts';
import { liveNames } from '../properties/table.ts';
import { propstat } from '../propstat.ts';
import { readXmlBody } from '../readXmlBody.ts';

const longestSegment = 200;
/** What may be said of a new address book besides its type; every other property of ours is the server's. */
const told: ReadonlySet<string> = new Set([dav('displayname'), carddav('addressbook-description'), ...colorNames]);

/**
 * Extended MKCOL (RFC 5689) in one's own home: an address book, whether the body says so or there is none. The segment
 * that the client chose is kept.
 */
export async function mkcol(context: Context, segment: string, request: HttpRequest): Promise<HttpReply> {
  if (segment.length > longestSegment) throw new DavError(403);
  const body = await readBody(request);
  const steps = body ? readInstructions(body) : [];
  const type = steps.find(({ name }) => name === dav('resourcetype'))?.value;
  if (type && !(childOf(type, dav('collection')) && childOf(type, carddav('addressbook'))))
    return refused(steps, dav('resourcetype'), xml(dav('valid-resourcetype')));
  const rest = steps.filter(({ name }) => name !== dav('resourcetype'));
  const forbidden = rest.find(({ name }) => liveNames.has(name) && !told.has(name));
  if (forbidden) return refused(steps, forbidden.name, xml(dav('cannot-modify-protected-property')));
  const text = (wanted: string) => {
    const value = rest.find(({ name }) => name === wanted)?.value;
    return value ? textOf(value) : null;
  };
  await createHomeBook(context, {
    segment,
    name: text(dav('displayname')),
    description: text(carddav('addressbook-description')),
    color: colorNames.map(text).flatMap((value) => (value === null ? [] : readColorText(value)))[0] ?? null,
    async finish(tx, bookId) {
      for (const { name, value } of rest.filter((step) => !told.has(step.name) && step.value))
        await setDavProperty(tx, context, { bookId, name, value: serializeElement(value!) });
    },
  });
  return empty(201);
}

/** A body that is not XML at all is of a kind that we do not know (RFC 4918 §9.3.1). */
async function readBody(request: HttpRequest): Promise<XmlElement | null> {
  const type = request.headers['content-type'];
  if (type !== undefined && !/xml/iu.test(type) && Number(request.headers['content-length'] ?? 0) > 0)
    throw new DavError(415);
  const body = await readXmlBody(request);
  if (body && body.name !== dav('mkcol')) throw new DavError(415);
  return body;
}

/** RFC 5689 §3: what kept the collection from being made; nothing was. */
function refused(steps: readonly Instruction[], failed: string, condition: string): HttpReply {
  const others = steps.filter(({ name }) => name !== failed).map(({ name }) => xml(name));
  const content =
    propstat(xml(failed), '403 Forbidden', condition) +
    (others.length > 0 ? propstat(others.join(''), '424 Failed Dependency') : '');
  return {
    status: 403,
    headers: { 'Content-Type': 'application/xml; charset=utf-8', 'Cache-Control': 'no-store' },
    body: xmlDocument(dav('mkcol-response'), content),
  };
}
