import type { VCard } from '../vcard/types.ts';
import { project } from './project.ts';
import type { Card } from './types.ts';

/** The Card of a vCard of any version (RFC 9555 §2); never throws, whatever the card says. */
export function fromVCard(vcard: VCard): Card {
  return project(vcard).card;
}
