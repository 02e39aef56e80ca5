import { setting } from './setting.ts';
import { onOrOff, oneOf } from './values.ts';

/** What « Annuaire » can show of somebody, besides name and address. */
const detailNames = [
  'organization',
  'department',
  'title',
  'work',
  'mobile',
  'fax',
  'home',
  'address',
  'description',
] as const;

/** What « Annuaire » shows of the directory. */
export const directorySettings = {
  directoryFolder: setting(
    'COTERIE_DIRECTORY_FOLDER',
    'on',
    onOrOff,
    '`off` removes the folder « Annuaire »: people can still be found by name when sharing.',
  ),
  directoryBranches: setting(
    'COTERIE_DIRECTORY_BRANCHES',
    '',
    branches,
    'The branches of the directory (DNs) whose entries « Annuaire » shows, separated by `;`; default: all.',
  ),
  directoryDetails: setting(
    'COTERIE_DIRECTORY_DETAILS',
    'organization department title work mobile fax address description',
    someOf(detailNames),
    'What « Annuaire » shows besides name and address: `organization`, `department`, `title`, `work`, `mobile`, `fax`, `home` (telephones), `address`, `description`, or `none`.',
  ),
  directoryGroups: setting(
    'COTERIE_DIRECTORY_GROUPS',
    'members',
    oneOf('members', 'names', 'off'),
    'How « Annuaire » shows groups: with their `members`, only their `names`, or not at all (`off`).',
  ),
};

function someOf<T extends string>(allowed: readonly T[]): (value: string) => readonly T[] {
  return (value) => {
    const names = value.toLowerCase().split(/[\s,]+/u);
    if (names.length === 1 && names[0] === 'none') return [];
    const wrong = names.find((name) => !allowed.some((each) => each === name));
    if (wrong !== undefined) throw new Error(`must be some of ${allowed.join(', ')}, or none, not "${wrong}"`);
    return allowed.filter((each) => names.includes(each));
  };
}

function branches(value: string): readonly string[] {
  const all = value.split(';').map((branch) => branch.trim());
  const named = all.filter((branch) => branch !== '');
  const wrong = named.find((branch) => !branch.includes('='));
  if (wrong === undefined) return named;
  throw new Error(`must be DNs such as ou=people,dc=example,dc=org, not "${wrong}"`);
}
