import type { Context } from '../../core/context.ts';
import type { DeadProperties } from './deadProperties.ts';
import { dav, href, xml } from './names.ts';
import { denied } from './properties/define.ts';
import type { Value } from './properties/define.ts';
import { propertiesOf } from './properties/table.ts';
import type { Requested } from './requested.ts';
import type { Resource, ResourceKind } from './resources.ts';
import { escapeXml } from '../../lib/xml/escapeXml.ts';

/** Values that one answer knows besides the table: content of cards, what clients keep. By name; undefined: not there. */
export type Extra = (name: string) => string | undefined;

/** How an answer is made. */
export type AnswerForm = {
  readonly requested: Requested;
  /** Leaves out what is not there: `Prefer: return=minimal` (RFC 8144 §2.1), `Brief: t`. */
  readonly minimal: boolean;
  /** What clients keep; absent: it is not asked for. */
  readonly dead?: DeadProperties;
};

/** Properties by what became of them. */
export type Found = { readonly present: string; readonly secret: string; readonly absent: string };

/**
 * `DAV:response` of one resource, the properties that it has first: some clients look no further. A promise only where a
 * property has to be waited for: of ten thousand cards none has.
 */
export function resourceResponse(
  context: Context,
  resource: Resource,
  form: AnswerForm,
  extra: Extra = nothing,
): string | Promise<string> {
  const found = collect(context, resource, form, extra);
  return found instanceof Promise
    ? found.then((later) => responseOf(resource, later, form))
    : responseOf(resource, found, form);
}

function responseOf(resource: Resource, found: Found, form: AnswerForm): string {
  const { before, after } = frameOf(found, form);
  return `${responseStart}${escapeXml(resource.path)}${before}${found.present}${after}`;
}

/** What stands before the address of a response. */
export const responseStart = '<D:response><D:href>';

/** What stands between the address of a response and the properties that are there, and what stands behind them. */
export function frameOf(
  { present, secret, absent }: Found,
  { minimal }: Pick<AnswerForm, 'minimal'>,
): { readonly before: string; readonly after: string } {
  const hasAbsent = absent !== '' && !minimal;
  const others =
    (secret === '' ? '' : propstat(secret, '403 Forbidden')) + (hasAbsent ? propstat(absent, '404 Not Found') : '');
  // An answer that has nothing to tell says at least that all is well.
  const hasPresent = present !== '' || others === '';
  return {
    before: `</D:href>${hasPresent ? propstatStart : ''}`,
    after: `${hasPresent ? propstatEnd('200 OK') : ''}${others}</D:response>\n`,
  };
}

/** `DAV:response` of an address that has nothing to show but a status. */
export function statusResponse(path: string, status: string, condition = ''): string {
  const error = condition === '' ? '' : `<D:error>${condition}</D:error>`;
  return `<D:response>${href(path)}<D:status>HTTP/1.1 ${status}</D:status>${error}</D:response>\n`;
}

/** What the address that was asked says where there is more than was told (RFC 6352 §8.6.2, RFC 6578 §3.6). */
export function truncatedResponse(path: string): string {
  return statusResponse(path, '507 Insufficient Storage', xml(dav('number-of-matches-within-limits')));
}

/** `DAV:propstat`: properties and what became of them. */
export function propstat(properties: string, status: string, condition = ''): string {
  return propstatStart + properties + propstatEnd(status, condition);
}

const propstatStart = '<D:propstat><D:prop>';

function propstatEnd(status: string, condition = ''): string {
  const error = condition === '' ? '' : `<D:error>${condition}</D:error>`;
  return `</D:prop><D:status>HTTP/1.1 ${status}</D:status>${error}</D:propstat>`;
}

const nothing: Extra = () => undefined;

function collect(context: Context, resource: Resource, form: AnswerForm, extra: Extra): Found | Promise<Found> {
  const { requested } = form;
  const table = propertiesOf(resource.kind);
  const dead = form.dead?.(resource);
  const kept = [...(dead?.keys() ?? [])];
  const names = namesAsked(requested, resource.kind, kept);
  if (requested.kind === 'names') return { present: names.map((name) => xml(name)).join(''), secret: '', absent: '' };
  const isAsked = requested.kind === 'some';
  const values = names.map((name): Known | Promise<Known> => {
    const own = dead?.get(name);
    return own === undefined ? (extra(name) ?? table.get(name)?.read(resource as never, context)) : { kept: own };
  });
  return values.some((value) => value instanceof Promise)
    ? Promise.all(values.map((value) => Promise.resolve(value))).then((known) => sort(names, known, isAsked))
    : sort(names, values as readonly Known[], isAsked);
}

/** Which properties of a kind of resource an answer tells of, in their order; `kept`: those that a client keeps there. */
export function namesAsked(requested: Requested, kind: ResourceKind, kept: readonly string[] = []): readonly string[] {
  if (requested.kind === 'some') return requested.wanted.map(({ name }) => name);
  const table = propertiesOf(kind);
  if (requested.kind === 'names') return [...table.keys(), ...kept];
  const usual = [...table.values()].filter(({ inAllprop }) => inAllprop).map(({ name }) => name);
  return [...usual, ...kept, ...requested.include.map(({ name }) => name)];
}

/** The XML inside a property, or a whole one that a client keeps here. */
type Known = Value | { readonly kept: string };

function sort(names: readonly string[], values: readonly Known[], isAsked: boolean): Found {
  let present = '';
  let secret = '';
  let absent = '';
  for (const [index, value] of values.entries()) {
    const name = names[index]!;
    if (value === denied) secret += xml(name);
    else if (typeof value === 'string') present += xml(name, value);
    else if (value !== undefined) present += value.kept;
    else if (isAsked) absent += xml(name);
  }
  return { present, secret, absent };
}
