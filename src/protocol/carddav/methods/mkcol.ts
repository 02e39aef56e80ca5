import { createHomeBook } from '../../../core/addressbook/createHomeBook.ts';
import type { NewHomeBook } from '../../../core/addressbook/createHomeBook.ts';
import { setDavProperty } from '../../../core/addressbook/davProperties.ts';
import type { Context } from '../../../core/context.ts';
import { serializeElement } from '../../../lib/xml/serializeElement.ts';
import { elementsOf, textOf } from '../../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../../lib/xml/xmlElement.ts';
import { AppError } from '../../../errors.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { empty } from '../../../lib/http/reply.ts';
import { DavError } from '../errors.ts';
import { readInstructions, refusalOfProperty, refusedSteps } from '../instructions.ts';
import type { Instruction } from '../instructions.ts';
import { readColorText } from '../colorText.ts';
import { carddav, colorNames, dav, xml, xmlDocument } from '../names.ts';
import { liveNames } from '../properties/table.ts';
import { longest } from '../paths.ts';
import { readXmlBody } from '../readXmlBody.ts';

/** What may be said of a new address book besides its type, by what it becomes; every other property of ours is the server's. */
const namesOf: Readonly<Record<string, readonly string[]>> = {
  name: [dav('displayname')],
  description: [carddav('addressbook-description')],
  color: colorNames,
};
const told: ReadonlySet<string> = new Set(Object.values(namesOf).flat());

const validType = new DavError(403, xml(dav('valid-resourcetype')));
const isProtected = new DavError(403, xml(dav('cannot-modify-protected-property')));

/**
 * Extended MKCOL (RFC 5689) in one's own home: an address book, whether the body says so or there is none. The segment
 * that the client chose is kept.
 */
export async function mkcol(context: Context, segment: string, request: HttpRequest): Promise<HttpReply> {
  if (segment.length > longest.book) throw new DavError(403);
  const body = await readBody(request);
  const steps = body ? readInstructions(body) : [];
  const type = steps.find(({ name }) => name === dav('resourcetype'))?.value;
  if (type && !isAddressBook(type)) return refused(steps, dav('resourcetype'), validType);
  const rest = steps.filter(({ name }) => name !== dav('resourcetype'));
  const forbidden = rest.find(({ name }) => liveNames.has(name) && !told.has(name));
  if (forbidden) return refused(steps, forbidden.name, isProtected);
  const text = (wanted: string) => {
    const value = rest.find(({ name }) => name === wanted)?.value;
    return value ? textOf(value) : null;
  };
  let current = '';
  const wanted: NewHomeBook = {
    segment,
    name: text(dav('displayname')),
    description: text(carddav('addressbook-description')),
    color: colorNames.map(text).flatMap((value) => (value === null ? [] : readColorText(value)))[0] ?? null,
    async finish(tx, bookId) {
      for (const { name, value } of rest.filter((step) => !told.has(step.name) && step.value)) {
        current = name;
        await setDavProperty(tx, context, { bookId, name, value: serializeElement(value!) });
      }
    },
  };
  try {
    await createHomeBook(context, wanted);
  } catch (error) {
    const failed = current === '' ? propertyIn(error, rest) : current;
    const refusal = refusalOfProperty(error);
    if (failed === undefined || !refusal) throw error;
    return refused(steps, failed, refusal);
  }
  return empty(201);
}

/** RFC 5689 §3.3: a type that we do not make is no type of ours, whatever stands beside it. */
function isAddressBook(type: XmlElement): boolean {
  const names = elementsOf(type).map(({ name }) => name);
  const wanted = [dav('collection'), carddav('addressbook')];
  return wanted.every((name) => names.includes(name)) && names.every((name) => wanted.includes(name));
}

/** Which of the client's properties an address book cannot have. */
function propertyIn(error: unknown, steps: readonly Instruction[]): string | undefined {
  const properties = error instanceof AppError ? error.details.properties : undefined;
  const names = properties?.flatMap((property) => namesOf[property] ?? []) ?? [];
  return steps.find(({ name }) => names.includes(name))?.name;
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
function refused(steps: readonly Instruction[], failed: string, refusal: DavError): HttpReply {
  return {
    status: 403,
    headers: { 'Content-Type': 'application/xml; charset=utf-8', 'Cache-Control': 'no-store' },
    body: xmlDocument(dav('mkcol-response'), refusedSteps(steps, failed, refusal)),
  };
}
