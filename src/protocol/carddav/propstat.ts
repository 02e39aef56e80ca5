import type { Context } from '../../core/context.ts';
import type { DeadProperties } from './deadProperties.ts';
import { href, xml } from './names.ts';
import { denied } from './properties/define.ts';
import type { Value } from './properties/define.ts';
import { propertiesOf } from './properties/table.ts';
import type { Requested } from './requested.ts';
import type { Resource } from './resources.ts';

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

type Found = { readonly present: string; readonly secret: string; readonly absent: string };

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

function responseOf(resource: Resource, { present, secret, absent }: Found, { minimal }: AnswerForm): string {
  const hasAbsent = absent !== '' && !minimal;
  const isBare = secret === '' && !hasAbsent;
  return (
    `<D:response>${href(resource.path)}` +
    (present !== '' || isBare ? propstat(present, '200 OK') : '') +
    (secret === '' ? '' : propstat(secret, '403 Forbidden')) +
    (hasAbsent ? propstat(absent, '404 Not Found') : '') +
    '</D:response>\n'
  );
}

/** `DAV:response` of an address that has nothing to show but a status. */
export function statusResponse(path: string, status: string, condition = ''): string {
  const error = condition === '' ? '' : `<D:error>${condition}</D:error>`;
  return `<D:response>${href(path)}<D:status>HTTP/1.1 ${status}</D:status>${error}</D:response>\n`;
}

/** `DAV:propstat`: properties and what became of them. */
export function propstat(properties: string, status: string, condition = ''): string {
  const error = condition === '' ? '' : `<D:error>${condition}</D:error>`;
  return `<D:propstat><D:prop>${properties}</D:prop><D:status>HTTP/1.1 ${status}</D:status>${error}</D:propstat>`;
}

const nothing: Extra = () => undefined;

function collect(context: Context, resource: Resource, form: AnswerForm, extra: Extra): Found | Promise<Found> {
  const { requested } = form;
  const table = propertiesOf(resource.kind);
  const dead = form.dead?.(resource);
  if (requested.kind === 'names') {
    return {
      present: [...table.keys(), ...(dead?.keys() ?? [])].map((name) => xml(name)).join(''),
      secret: '',
      absent: '',
    };
  }
  const names =
    requested.kind === 'some'
      ? requested.wanted.map(({ name }) => name)
      : [
          ...[...table.values()].filter(({ inAllprop }) => inAllprop).map(({ name }) => name),
          ...(dead?.keys() ?? []),
          ...requested.include.map(({ name }) => name),
        ];
  const isAsked = requested.kind === 'some';
  const values = names.map((name): Known | Promise<Known> => {
    const kept = dead?.get(name);
    return kept === undefined ? (extra(name) ?? table.get(name)?.read(resource as never, context)) : { kept };
  });
  return values.some((value) => value instanceof Promise)
    ? Promise.all(values.map((value) => Promise.resolve(value))).then((known) => sort(names, known, isAsked))
    : sort(names, values as readonly Known[], isAsked);
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
