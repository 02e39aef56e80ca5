import { rightsWhere } from '../../../core/sharing/rights.ts';
import type { Rights } from '../../../core/sharing/rights.ts';
import type { Call } from '../engine/define.ts';

/** Rights as the request may know them: `mayAdd` is not RFC 9610's, so that plain clients see what those can say. */
export function shownRights<R extends Rights | null>({ vendor }: Pick<Call, 'vendor'>, rights: R): R {
  if (vendor || rights === null) return rights;
  const { mayAdd: _mayAdd, ...plain } = rights;
  return plain as R;
}

/** `shareWith` as the request may know it. */
export function shownShareWith(
  call: Pick<Call, 'vendor'>,
  shareWith: Readonly<Record<string, Rights>> | null,
): Readonly<Record<string, Rights>> | null {
  if (call.vendor || shareWith === null) return shareWith;
  return Object.fromEntries(Object.entries(shareWith).map(([id, rights]) => [id, shownRights(call, rights)]));
}

/**
 * What a request wants for `shareWith`: one that cannot name `mayAdd` leaves it to whoever has it without `mayWrite`, and
 * may read on.
 */
export function meantShareWith(
  { vendor }: Pick<Call, 'vendor'>,
  wanted: Record<string, Rights> | null,
  old: Readonly<Record<string, Rights>> | null,
): Record<string, Rights> | null {
  if (vendor || wanted === null) return wanted;
  const meant = ([id, rights]: [string, Rights]): [string, Rights] => {
    const had = old?.[id];
    const isContributor = had !== undefined && had.mayAdd && !had.mayWrite;
    return [id, isContributor && rights.mayRead ? rightsWhere((name) => name === 'mayAdd' || rights[name]) : rights];
  };
  return Object.fromEntries(Object.entries(wanted).map(meant));
}
