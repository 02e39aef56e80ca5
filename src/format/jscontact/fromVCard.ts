import type { VCard } from '../vcard/types.ts';
import { project } from './project.ts';
import type { Card } from './types.ts';

/** The Card for a vCard of any version (RFC 9555 §2). Never throws, whatever the vCard contains. */
export function fromVCard(vcard: VCard): Card {
  return project(vcard).card;
}
