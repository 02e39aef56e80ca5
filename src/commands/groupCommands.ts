import type { World } from '../core/context.ts';
import { createGroup } from '../core/principal/createGroup.ts';
import { memberCount } from '../core/principal/memberCount.ts';
import { removeGroup } from '../core/principal/removeGroup.ts';
import { setGroupMembers } from '../core/principal/setGroupMembers.ts';
import { needed, principalNamed, table } from './command.ts';
import type { Commands } from './command.ts';

/** Groups. */
export const groupCommands: Commands = {
  'group add': {
    usage: 'EMAIL NAME…',
    does: 'creates a group',
    async run(world, [email, ...name]) {
      await createGroup(world, { email: needed(email), name: needed(name.join(' ')) });
      return `${email} is a group.`;
    },
  },
  'group list': {
    usage: '',
    does: 'lists the groups, and how many people are in each',
    run: listGroups,
  },
  'group members': {
    usage: 'GROUP [EMAIL…]',
    does: 'lists the members of a group, or replaces them with these people and groups',
    async run(world, [group, ...members]) {
      const { id } = await principalNamed(world, group);
      if (members.length === 0) return listMembers(world, id);
      const found = await Promise.all(members.map((member) => principalNamed(world, member)));
      await setGroupMembers(
        world,
        id,
        found.map((member) => member.id),
      );
      return `Members of ${group}: ${found.length}.`;
    },
  },
  'group remove': {
    usage: 'GROUP',
    does: 'removes a group: what was shared with it no longer is',
    async run(world, [group]) {
      await removeGroup(world, (await principalNamed(world, group)).id);
      return `${group} is no group any more.`;
    },
  },
};

async function listGroups({ db }: World): Promise<string> {
  const groups = await db.all(
    db.build
      .selectFrom('principal')
      .selectAll()
      .where('kind', '=', 'group')
      .where('is_active', '=', 1)
      .orderBy('name_key')
      .orderBy('id'),
  );
  const rows: string[][] = [];
  for (const row of groups)
    rows.push([
      row.email ?? row.id,
      row.name,
      row.source === 'local' ? '' : 'directory',
      String(await memberCount(db, row.id)),
    ]);
  return rows.length === 0 ? 'No group.' : table(rows);
}

async function listMembers({ db }: World, groupId: string): Promise<string> {
  const members = await db.all(
    db.build
      .selectFrom('principal_member')
      .innerJoin('principal', 'principal.id', 'principal_member.member_id')
      .selectAll('principal')
      .where('group_id', '=', groupId)
      .orderBy('name_key')
      .orderBy('id'),
  );
  const rows = members.map((row) => [row.email ?? row.id, row.name, row.kind === 'group' ? 'group' : '']);
  return rows.length === 0 ? 'Nobody.' : table(rows);
}
