import type { ResourceKind } from '../resources.ts';
import type { Property } from './define.ts';
import { rfc3744 } from './rfc3744.ts';
import { rfc4331 } from './rfc4331.ts';
import { rfc4918 } from './rfc4918.ts';
import { rfc6352 } from './rfc6352.ts';
import { rfc6578 } from './rfc6578.ts';
import { sharing } from './sharing.ts';
import { webdavPushProperties } from './webdavPush.ts';

/** Every live property that the door knows, by the standard that it comes from. */
const all: readonly Property[] = [
  ...rfc4918,
  ...rfc3744,
  ...rfc4331,
  ...rfc6352,
  ...rfc6578,
  ...sharing,
  ...webdavPushProperties,
];

const byKind = new Map<ResourceKind, Map<string, Property>>();
for (const property of all) {
  for (const kind of property.on) {
    const ofKind = byKind.get(kind) ?? new Map<string, Property>();
    ofKind.set(property.name, property);
    byKind.set(kind, ofKind);
  }
}

/** The live properties of a kind of resource, by name. */
export function propertiesOf(kind: ResourceKind): ReadonlyMap<string, Property> {
  return byKind.get(kind)!;
}

/** Names that are ours, on whatever resource: no client keeps a value of its own under them. */
export const liveNames: ReadonlySet<string> = new Set(all.map(({ name }) => name));
