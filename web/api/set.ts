import { SetFailure } from './errors.ts';
import { call } from './jmap.ts';
import type { DataTypes, Id, SetError, SetResponse, TypeName } from './types.ts';

/** The three parts of a /set (RFC 8620 §5.3); patches may use JSON pointers as keys. */
export interface SetArguments {
  readonly create?: Readonly<Record<Id, Readonly<Record<string, unknown>>>>;
  readonly update?: Readonly<Record<Id, Readonly<Record<string, unknown>>>>;
  readonly destroy?: readonly Id[];
  readonly [extra: string]: unknown;
}

/** A /set; objects that were refused are in the response, `setStrictly` throws for them instead. */
export function set<T extends TypeName>(
  type: T,
  accountId: Id,
  args: SetArguments,
): Promise<SetResponse<DataTypes[T]>> {
  return call<SetResponse<DataTypes[T]>>(`${type}/set`, { accountId, ...args });
}

/** A /set where the first refused object is thrown as a SetFailure. */
export async function setStrictly<T extends TypeName>(
  type: T,
  accountId: Id,
  args: SetArguments,
): Promise<SetResponse<DataTypes[T]>> {
  const response = await set(type, accountId, args);
  const refused = firstRefusal(response);
  if (refused) throw new SetFailure(refused);
  return response;
}

function firstRefusal(response: SetResponse<unknown>): SetError | undefined {
  return [response.notCreated, response.notUpdated, response.notDestroyed].flatMap((errors) =>
    Object.values(errors ?? {}),
  )[0];
}
