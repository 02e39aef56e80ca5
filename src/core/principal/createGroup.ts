import type { PrincipalRow } from '../../db/schema.ts';
import { audit } from '../audit/audit.ts';
import { transact } from '../change/transact.ts';
import type { World } from '../context.ts';
import { insertPrincipal } from './insertPrincipal.ts';
import type { NewPrincipal } from './insertPrincipal.ts';
import { changeMembers } from './setGroupMembers.ts';

/** Makes a group, with its first members (people and groups). */
export function createGroup(
  world: World,
  wanted: NewPrincipal & { readonly memberIds?: readonly string[] },
): Promise<PrincipalRow> {
  return transact(world, async (tx) => {
    const group = await insertPrincipal(tx, world.now(), 'group', wanted);
    await changeMembers(tx, group.id, wanted.memberIds ?? []);
    const members = (wanted.memberIds ?? []).length;
    await audit(tx, world, { kind: 'group.made', object: { type: 'Principal', id: group.id }, details: { members } });
    return group;
  });
}
