import type { Listing } from '../../../core/addressbook/listing.ts';
import type { MailChoice } from '../../../core/share/types.ts';
import { rightNames, rightsWhere } from '../../../core/sharing/rights.ts';
import type { Rights } from '../../../core/sharing/rights.ts';
import { AppError, invalid } from '../../../errors.ts';
import { isObject } from '../../../lib/json.ts';
import type { Json } from '../../../lib/json.ts';
import type { Call } from '../engine/define.ts';
import { invalidArgument } from '../engine/errors.ts';
import { isId } from '../engine/readArguments.ts';
import type { Arguments } from '../engine/readArguments.ts';

/** A String property. */
export function asText(property: string, value: Json | undefined): string {
  if (typeof value === 'string') return value;
  throw invalid(property, `${property} is a String`);
}

/** A String|null property. */
export function asTextOrNull(property: string, value: Json | undefined): string | null {
  return value === null || value === undefined ? null : asText(property, value);
}

/** A Boolean property. */
export function asBoolean(property: string, value: Json | undefined): boolean {
  if (typeof value === 'boolean') return value;
  throw invalid(property, `${property} is a Boolean`);
}

/**
 * Reads these properties in order to name all that are wrong at once (RFC 8620 §5.3, SHOULD); the message and the other
 * facts are those of the first.
 */
export function requireReadable(
  readers: Readonly<Record<string, (value: Json | undefined, call: Call) => unknown>>,
  object: Readonly<Record<string, Json | undefined>>,
  call: Call,
): void {
  const wrong = Object.entries(object).flatMap(([name, value]) => {
    try {
      readers[name]?.(value, call);
      return [];
    } catch (error) {
      if (error instanceof AppError && error.kind === 'invalid') return [error];
      throw error;
    }
  });
  const [first] = wrong;
  if (!first) return;
  const names = wrong.flatMap(({ details }) => details.properties ?? []);
  throw new AppError('invalid', first.message, { ...first.details, properties: names });
}

/** AddressBookRights; a right that is not named is not given (RFC 9610 §2). `mayAdd` is there with our capability alone. */
export function readRights(path: string, value: Json, vendor: boolean): Rights {
  if (!isObject(value)) throw invalid(path, `${path} is an object of rights`);
  for (const [name, held] of Object.entries(value)) {
    if (!rightNames.some((known) => known === name && (vendor || known !== 'mayAdd')))
      throw invalid(`${path}/${name}`, `There is no right ${name}`);
    if (typeof held !== 'boolean') throw invalid(`${path}/${name}`, `${name} is a Boolean`);
  }
  return rightsWhere((name) => value[name] === true);
}

/** Id[AddressBookRights]|null. */
export function readShareWith({ vendor }: Pick<Call, 'vendor'>, value: Json): Record<string, Rights> | null {
  if (value === null) return null;
  if (!isObject(value)) throw invalid('shareWith', 'shareWith maps Principal ids to rights');
  const entries = Object.entries(value).map(([id, rights]) => {
    if (!isId(id)) throw invalid(`shareWith/${id}`, 'No such Principal');
    return [id, readRights(`shareWith/${id}`, rights, vendor)] as const;
  });
  return Object.fromEntries(entries);
}

/** The property `listedFor` of a folder: `{principalId: Id|null}`, or null. */
export function readListing(value: Json | undefined): Listing | null {
  if (value === null || value === undefined) return null;
  const id = isObject(value) ? value['principalId'] : undefined;
  if (id === null || isId(id)) return { principalId: id };
  throw invalid('listedFor', 'listedFor is null, or an object with the principalId of a group, or null');
}

/** The argument `mail` of our methods on shares and invitations. */
export function readMail(args: Arguments, fallback: MailChoice['message']): MailChoice {
  const given = args.optionalObject('mail') ?? {};
  const message = given['message'] ?? fallback;
  const note = given['note'] ?? null;
  if (message !== 'standard' && message !== 'note' && message !== 'none')
    throw invalidArgument('mail', 'message must be standard, note or none');
  if (note !== null && typeof note !== 'string') throw invalidArgument('mail', 'note must be a String');
  if (note !== null && note.length > 10_000) throw invalidArgument('mail', 'note has at most 10,000 characters');
  return { message, note: message === 'note' ? note : null };
}
