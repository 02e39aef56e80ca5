import type { Context } from '../context.ts';
import { detailFields, detailNames, nameFields } from '../listing/details.ts';
import type { DetailName, DirectoryField } from '../listing/details.ts';

/** What is shown of each person and group, as the administrator chose; without a choice everything. */
export function shownDetails({ settings }: Pick<Context, 'settings'>): ReadonlySet<DetailName> {
  return new Set(settings.directory?.details ?? detailNames);
}

/** Whether groups are in it, and whether they tell their members. */
export function shownGroups({ settings }: Pick<Context, 'settings'>): 'members' | 'names' | 'off' {
  return settings.directory?.groups ?? 'members';
}

/** The letters of the index that may be searched: what is not shown is not found either. */
export function shownFields(context: Pick<Context, 'settings'>): readonly DirectoryField[] {
  return [...nameFields, ...[...shownDetails(context)].map((name) => detailFields[name])];
}
