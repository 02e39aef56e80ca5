import { updateAddressBook } from '../../core/addressbook/updateAddressBook.ts';
import { setDavProperty } from '../../core/addressbook/davProperties.ts';
import { transact, within } from '../../core/change/transact.ts';
import type { Context } from '../../core/context.ts';
import { AppError } from '../../errors.ts';
import { escapeXml } from '../../lib/xml/escapeXml.ts';
import { serializeElement } from '../../lib/xml/serializeElement.ts';
import { childrenOf, elementsOf, textOf } from '../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../lib/xml/xmlElement.ts';
import { propertyKey } from './deadProperties.ts';
import { DavError, refusalOf } from './errors.ts';
import { readColorText } from './colorText.ts';
import { carddav, colorNames, dav, declarations, xml } from './names.ts';
import { liveNames } from './properties/table.ts';
import { propstat } from './propstat.ts';
import type { BookResource, Resource } from './resources.ts';
import { ownValue } from '../../lib/ownValue.ts';

/** One step of a PROPPATCH: a value, or null for none. */
export type Instruction = { readonly name: string; readonly value: XmlElement | null };

const mostInstructions = 200;

/** The steps of `set` and `remove` in their order (RFC 4918 §9.2). */
export function readInstructions(update: XmlElement): Instruction[] {
  const steps: Instruction[] = [];
  for (const step of elementsOf(update)) {
    const isSet = step.name === dav('set');
    if (!isSet && step.name !== dav('remove')) continue;
    for (const prop of childrenOf(step, dav('prop'))) {
      for (const element of elementsOf(prop)) steps.push({ name: element.name, value: isSet ? element : null });
    }
  }
  if (steps.length === 0 || steps.length > mostInstructions) throw new DavError(400);
  return steps;
}

/** What a client may set of ours, on address books. Without a value a folder has the name that its owner gave it. */
const writable: Readonly<
  Record<string, (context: Context, book: BookResource, value: string | null) => Promise<void>>
> = {
  [dav('displayname')]: (context, { book }, value) =>
    updateAddressBook(context, book.seen.book.id, { name: nameFrom(book, value) }),
  [carddav('addressbook-description')]: (context, { book }, value) =>
    book.seen.isShareRoot
      ? describeForMe(context, book.seen.book.id, value)
      : updateAddressBook(context, book.seen.book.id, { description: value }),
  ...Object.fromEntries(colorNames.map((name) => [name, paint])),
};

async function paint(context: Context, { book }: BookResource, value: string | null): Promise<void> {
  const color = value === null ? null : readColorText(value);
  await updateAddressBook(context, book.seen.book.id, { color });
}

/** caldav-sharing §5.5.3: what a person says of a folder that is shared with them is their own; else the owner's holds. */
async function describeForMe(context: Context, bookId: string, value: string | null): Promise<void> {
  const name = carddav('addressbook-description');
  const element = value === null ? null : xml(name, escapeXml(value), declarations);
  await setDavProperty(context.transaction!, context, { bookId, name, value: element });
}

/** A client that shows « Équipe › Lyon » may write it back: only the last part is the folder's own name. */
function nameFrom({ name, seen }: BookResource['book'], value: string | null): string {
  if (value === null) return seen.book.name;
  const above = name.slice(0, name.lastIndexOf(' › ') + 1);
  return above !== '' && value.startsWith(`${above}› `) ? value.slice(above.length + 2) : value;
}

/** All steps or none; the failed one is told with what keeps it, the others as depending on it (RFC 4918 §9.2.1). */
export async function carryOut(
  context: Context,
  resource: Resource,
  steps: readonly Instruction[],
): Promise<{ readonly done: boolean; readonly propstats: string }> {
  let current: Instruction | undefined;
  try {
    await transact(context, async (tx) => {
      const inside = within(context, tx);
      for (const step of steps) {
        current = step;
        const write = resource.kind === 'book' ? ownValue(writable, step.name) : undefined;
        if (write && resource.kind === 'book') {
          await write(inside, resource, step.value && textOf(step.value));
          continue;
        }
        const bookId = propertyKey(resource);
        if (bookId === null || liveNames.has(step.name)) throw new DavError(403, protectedProperty);
        const value = step.value && serializeElement(step.value);
        await setDavProperty(tx, context, { bookId, name: step.name, value });
      }
    });
  } catch (error) {
    const refusal = refusalOfProperty(error);
    if (!refusal || !current) throw error;
    return { done: false, propstats: refusedSteps(steps, current.name, refusal) };
  }
  return { done: true, propstats: propstat(elements(steps), '200 OK') };
}

const protectedProperty = xml(dav('cannot-modify-protected-property'));
const reasons: Readonly<Record<number, string>> = { 403: 'Forbidden', 409: 'Conflict', 507: 'Insufficient Storage' };

/** What keeps a property from having a value; undefined for faults of ours. */
export function refusalOfProperty(error: unknown): DavError | undefined {
  const kind = error instanceof AppError ? error.kind : undefined;
  if (kind === 'invalid') return new DavError(409);
  // RFC 4918 §9.2.1: there is no room for it; the condition of ours is about answers.
  return kind === 'tooMany' ? new DavError(507) : refusalOf(error);
}

/** The step that failed, with what keeps it, and the others as depending on it. */
export function refusedSteps(steps: readonly Instruction[], failed: string, refusal: DavError): string {
  const others = steps.filter(({ name }) => name !== failed);
  const status = `${refusal.status} ${reasons[refusal.status] ?? 'Failed'}`;
  return (
    propstat(xml(failed), status, refusal.condition ?? '') +
    (others.length > 0 ? propstat(elements(others), '424 Failed Dependency') : '')
  );
}

function elements(steps: readonly Instruction[]): string {
  return [...new Set(steps.map(({ name }) => name))].map((name) => xml(name)).join('');
}
