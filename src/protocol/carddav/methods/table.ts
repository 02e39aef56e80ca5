import type { Context } from '../../../core/context.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import type { Resource, ResourceKind } from '../resources.ts';
import { everywhere } from '../properties/define.ts';
import { get } from './get.ts';
import { propfind } from './propfind.ts';

/** A method on something that is there. */
type Method = {
  readonly on: readonly ResourceKind[];
  answer(context: Context, resource: Resource, request: HttpRequest): Promise<HttpReply>;
};

/** What may be done with resources that exist. */
export const methods: Readonly<Record<string, Method>> = {
  GET: { on: ['card'], answer: get },
  PROPFIND: { on: everywhere, answer: propfind },
};

/** The methods for `Allow`; without a kind: of what is not there. */
export function methodsFor(kind: ResourceKind | undefined): string[] {
  const known = Object.entries(methods).filter(([, { on }]) => kind === undefined || on.includes(kind));
  return ['OPTIONS', ...known.flatMap(([name]) => (name === 'GET' ? ['GET', 'HEAD'] : [name]))];
}
