import type { Entry, Filter } from 'ldapts';
import { AndFilter, EqualityFilter, GreaterThanEqualsFilter, OrFilter } from 'ldapts';
import type { DirectoryEntry } from '../../core/directory/directory.ts';
import { namesIn } from './attributes.ts';
import type { AttributeName } from './attributes.ts';
import type { Connection } from './connection.ts';
import { permanentIdFilters, permanentIdOf } from './permanentId.ts';
import { searchAll, searchPages } from './search.ts';
import type { LdapServer } from './server.ts';
import { valuesOf } from './values.ts';
import { wholeMembers } from './wholeMembers.ts';
import { writeGeneralizedTime } from './generalizedTime.ts';

/** Where people or groups are, and what is read of them. */
export type Area = {
  readonly kind: DirectoryEntry['kind'];
  readonly bases: readonly string[];
  readonly filter: Filter;
  readonly attributes: readonly string[];
};

const ofPeople: readonly AttributeName[] = [
  ...(['id', 'changed', 'name', 'given', 'surname', 'mail', 'alias', 'login', 'organization', 'department'] as const),
  ...(['title', 'phone', 'mobile', 'fax', 'home', 'address', 'language', 'hidden', 'locked'] as const),
];
const ofGroups: readonly AttributeName[] = [
  ...(['id', 'changed', 'groupName', 'groupMail', 'alias', 'description', 'member', 'hidden'] as const),
];

/** People and groups, as the settings say where they are. */
export function areasOf(server: LdapServer): readonly Area[] {
  const { attributes } = server;
  return [
    {
      kind: 'individual',
      bases: server.peopleBases,
      filter: server.peopleFilter,
      attributes: [...namesIn(attributes, ...ofPeople), 'gidNumber', 'primaryGroupID', 'objectSid'],
    },
    {
      kind: 'group',
      bases: server.groupsBases,
      filter: server.groupsFilter,
      attributes: [...namesIn(attributes, ...ofGroups), 'gidNumber', 'objectSid'],
    },
  ];
}

/** All entries of an area, or those that changed since a time, in pages; groups with all of their members. */
export async function* readArea(
  connection: Connection,
  server: LdapServer,
  area: Area,
  since: Date | null,
): AsyncGenerator<Entry[]> {
  const filter = since === null ? area.filter : both(area.filter, changedSince(server, since));
  for (const base of area.bases) {
    const pages = searchPages(connection.client, { base, filter, attributes: area.attributes }, server.pageSize);
    for await (const page of pages) {
      yield await whole(connection, area, page);
    }
  }
}

/** Entries of an area by their permanent ids. */
export async function findByIds(
  connection: Connection,
  { attributes }: LdapServer,
  area: Area,
  ids: readonly string[],
): Promise<Entry[]> {
  const filter = both(area.filter, new OrFilter({ filters: ids.flatMap((id) => permanentIdFilters(id, attributes)) }));
  const found = await Promise.all(
    area.bases.map((base) => searchAll(connection.client, { base, filter, attributes: area.attributes })),
  );
  return whole(connection, area, found.flat());
}

/** Those of the people who administer Coterie: among these ids, or all. */
export async function findAdministrators(
  { client }: Connection,
  { attributes, administratorsFilter, peopleFilter, peopleBases }: LdapServer,
  ids: readonly string[] | null,
): Promise<ReadonlySet<string>> {
  if (administratorsFilter === null) return new Set();
  const named = ids?.flatMap((id) => permanentIdFilters(id, attributes));
  const people = both(peopleFilter, administratorsFilter);
  const filter = named === undefined ? people : both(people, new OrFilter({ filters: named }));
  const found = await Promise.all(
    peopleBases.map((base) => searchAll(client, { base, filter, attributes: attributes.id })),
  );
  return new Set(found.flat().flatMap((entry) => permanentIdOf(valuesOf(entry), attributes) ?? []));
}

/** `both(a, b)`: what both of them let through. */
export function both(...filters: Filter[]): Filter {
  return new AndFilter({ filters });
}

/** The entries that somebody may mean by a name to sign in with. */
export function namedBy(login: string, { attributes }: LdapServer): Filter {
  const names = namesIn(attributes, 'login', 'mail', 'alias');
  return new OrFilter({
    filters: names.map((attribute) => new EqualityFilter({ attribute, value: `${kindOf(attribute)}${login}` })),
  });
}

/** Exchange writes the kind of an address before it. */
export function kindOf(attribute: string): string {
  return attribute.toLowerCase() === 'proxyaddresses' ? 'smtp:' : '';
}

async function whole({ client }: Connection, { kind }: Area, entries: readonly Entry[]): Promise<Entry[]> {
  if (kind === 'individual') return [...entries];
  const groups: Entry[] = [];
  for (const entry of entries) groups.push(await wholeMembers(client, entry));
  return groups;
}

function changedSince({ attributes }: LdapServer, since: Date): Filter {
  const value = writeGeneralizedTime(since);
  return new OrFilter({
    filters: attributes.changed.map((attribute) => new GreaterThanEqualsFilter({ attribute, value })),
  });
}
