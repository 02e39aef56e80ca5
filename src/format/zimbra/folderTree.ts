import { systemFolders } from './types.ts';
import type { ZimbraContact, ZimbraFolder } from './types.ts';

/** A folder of contacts as it is to be here: parents come before their children. */
export type PlannedFolder = {
  readonly id: string;
  /** The folder of contacts above it; null: it stands on top. */
  readonly parentId: string | null;
  readonly name: string;
  readonly color: string | null;
  readonly grants: ZimbraFolder['grants'];
  /** Names from the top. */
  readonly path: readonly string[];
  /** It was deeper than folders may be here. */
  readonly isMovedUp: boolean;
};

/** A contact's place in an archive: its folder's id, and the path that its file has. */
export type Place = Pick<ZimbraContact, 'folderId'> & { readonly path: readonly string[] };

type Known = Pick<ZimbraFolder, 'id' | 'parentId' | 'name' | 'color' | 'isForContacts' | 'grants'>;

/** Whether the trash is wanted, and how deep folders may be nested. */
export type TreeOptions = { readonly withTrash: boolean; readonly maxDepth: number };

/**
 * The folders that contacts come into. Folders in which no contacts can be are left out, and what is below them stands a
 * step higher; so is the trash, unless it is wanted. An archive of contacts alone says no folders: then they are made
 * out of the paths. A folder that stands in itself stands on top.
 */
export function planFolders(
  said: readonly ZimbraFolder[],
  places: readonly Place[],
  options: TreeOptions,
): PlannedFolder[] {
  const known = new Map<string, Known>(said.map((folder) => [folder.id, folder]));
  // The shorter first: so what is above is known when it is asked for.
  for (const place of places.toSorted((a, b) => a.path.length - b.path.length)) addPlace(known, place);
  const holding = new Set(places.map(({ folderId }) => folderId));
  const isWanted = ({ id, isForContacts }: Known) => isForContacts || holding.has(id);
  const planned = new Map<string, PlannedFolder>();
  const begun = new Set<string>();

  const plan = (folder: Known): PlannedFolder | undefined => {
    // What has begun and is not there yet stands in itself, or is left out.
    if (begun.has(folder.id)) return planned.get(folder.id);
    begun.add(folder.id);
    const way = wayUp(known, folder);
    if (!options.withTrash && way.some(({ id }) => id === systemFolders.trash)) return undefined;
    const parent = way.slice(1).find((above) => isWanted(above) || above.id === systemFolders.trash);
    const above = parent && plan(parent);
    const isTooDeep = (above?.path.length ?? 0) >= options.maxDepth;
    const kept = isTooDeep ? planned.get(above!.parentId!) : above;
    const made: PlannedFolder = {
      id: folder.id,
      parentId: kept?.id ?? null,
      name: folder.name,
      color: folder.color,
      grants: folder.grants,
      path: [...(kept?.path ?? []), folder.name],
      isMovedUp: isTooDeep,
    };
    planned.set(folder.id, made);
    return made;
  };
  // From the top down: so the way up is never long.
  const byDepth = [...known.values()]
    .filter(isWanted)
    .map((folder) => ({ folder, depth: wayUp(known, folder).length }));
  for (const { folder } of byDepth.sort((a, b) => a.depth - b.depth)) plan(folder);
  return inOrder([...planned.values()]);
}

const firstOfAll: readonly string[] = [systemFolders.contacts, systemFolders.emailed];

/** As a tree is read: those of the system, then by name; each folder, then what is below it. */
function inOrder(folders: readonly PlannedFolder[]): PlannedFolder[] {
  const below = Map.groupBy(folders, ({ parentId }) => parentId);
  const rank = ({ id }: PlannedFolder) => (firstOfAll.includes(id) ? firstOfAll.indexOf(id) : firstOfAll.length);
  const ordered: PlannedFolder[] = [];
  const waiting: PlannedFolder[] = [];
  const add = (parentId: string | null) => {
    const children = below.get(parentId) ?? [];
    waiting.push(...children.toSorted((a, b) => rank(b) - rank(a) || (a.name < b.name ? 1 : -1)));
  };
  add(null);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    ordered.push(next);
    add(next.id);
  }
  return ordered;
}

/** Nobody's folders are so deep. */
const longestWay = 1_000;

/** The folder and those above it, below the root; a circle is left where it closes. */
function wayUp(known: ReadonlyMap<string, Known>, folder: Known): Known[] {
  const way = [folder];
  const seen = new Set([folder.id, systemFolders.root as string]);
  for (let above = known.get(folder.parentId); above && !seen.has(above.id); above = known.get(above.parentId)) {
    if (way.length > longestWay) break;
    seen.add(above.id);
    way.push(above);
  }
  return way;
}

const systemPaths = new Map<string, string>([
  ['Contacts', systemFolders.contacts],
  ['Emailed Contacts', systemFolders.emailed],
  ['Trash', systemFolders.trash],
]);

/** What a path says of folders that nothing else is known of. */
function addPlace(known: Map<string, Known>, { folderId, path }: Place): void {
  if (known.has(folderId)) return;
  const idAt = (depth: number): string => {
    if (depth === path.length) return folderId;
    if (depth === 0) return systemFolders.root;
    const above = path.slice(0, depth);
    return pathId(known, above);
  };
  for (let depth = 1; depth <= path.length; depth += 1) {
    const id = idAt(depth);
    if (known.has(id)) continue;
    const name = path[depth - 1]!;
    known.set(id, { id, parentId: idAt(depth - 1), name, color: null, isForContacts: true, grants: [] });
  }
}

/** The id of a folder above: that of one with this path, as far as a contact said it; else its path. */
function pathId(known: ReadonlyMap<string, Known>, path: readonly string[]): string {
  const found = [...known.values()].find((folder) => {
    const names = wayUp(known, folder).map(({ name }) => name);
    return names.length === path.length && names.every((name, at) => name === path[path.length - 1 - at]);
  });
  return found?.id ?? folderIdOfPath(path);
}

/** The id of a folder of which nothing but its path is known. */
export function folderIdOfPath(path: readonly string[]): string {
  return (path.length === 1 ? systemPaths.get(path[0]!) : undefined) ?? `/${path.join('/')}`;
}
