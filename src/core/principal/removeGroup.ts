import { notFound } from '../../errors.ts';
import { audit } from '../audit/audit.ts';
import { transact } from '../change/transact.ts';
import type { World } from '../context.ts';
import { writeDirectoryCard } from '../listing/directoryCard.ts';
import { directoryChanged } from './directoryState.ts';
import { releaseLogins } from './logins.ts';
import { changeMembers } from './setGroupMembers.ts';

/**
 * Ends a group of the local directory: it has no members and cannot be found. What was shared with it no longer reaches
 * anybody.
 */
export function removeGroup(world: World, id: string): Promise<void> {
  return transact(world, async (tx) => {
    const { build } = tx;
    const active = build.selectFrom('principal').select('id').where('id', '=', id).where('is_active', '=', 1);
    if (!(await tx.first(active))) throw notFound('group');
    await audit(tx, world, { kind: 'group.removed', object: { type: 'Principal', id } });
    await changeMembers(tx, id, []);
    // Empty as it is, nobody has anything by it in the groups around it.
    await tx.run(build.deleteFrom('principal_member').where('member_id', '=', id));
    await tx.run(build.updateTable('principal').set({ is_active: 0 }).where('id', '=', id));
    await releaseLogins(tx, id);
    await writeDirectoryCard(tx, id);
    await directoryChanged(tx, id);
  });
}
