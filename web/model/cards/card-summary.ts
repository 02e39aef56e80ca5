import type { ContactCard, Id } from '../../../client/src/types.ts';
import { downloadUrl } from '../../api/jmap.ts';
import { displayName, fullName, organizationName } from '../../../src/format/jscontact/names.ts';
import type { Card, Media } from '../../../src/format/jscontact/types.ts';

/** The properties of RFC 9553 of a card from the server; all may be missing. */
export function contentOf(card: ContactCard): Partial<Card> {
  return card as Partial<Card>;
}

/** The name as lists show and sort it: « Nom, Prénom ». */
export function listName(card: ContactCard): string {
  return card.fileAs || displayName(contentOf(card));
}

/** The name as a person would say it. */
export function spokenName(card: ContactCard): string {
  const content = contentOf(card);
  return fullName(content.name) || displayName({ ...content, uid: '' }) || '';
}

interface Preferable {
  readonly pref?: number;
}

/** The values of an id map, the preferred ones first (RFC 9553 §1.5.3: 1 is most preferred). */
export function byPreference<T extends Preferable>(map: Readonly<Record<Id, T>> | undefined): [Id, T][] {
  return Object.entries(map ?? {}).toSorted(([, a], [, b]) => (a.pref ?? 101) - (b.pref ?? 101));
}

/** The preferred e-mail address. */
export function firstEmail(card: ContactCard): string {
  return byPreference(contentOf(card).emails)[0]?.[1].address ?? '';
}

/** The preferred phone number. */
export function firstPhone(card: ContactCard): string {
  return byPreference(contentOf(card).phones)[0]?.[1].number ?? '';
}

/** « Fonction »; of several the first that is no role in a project. */
export function jobTitle(card: ContactCard): string {
  const all = Object.values(contentOf(card).titles ?? {});
  return (all.find(({ kind }) => kind !== 'role') ?? all[0])?.name ?? '';
}

/** « Fonction, Société », as far as they are known. */
export function position(card: ContactCard): string {
  const title = jobTitle(card);
  const organization = organizationName(contentOf(card));
  // An organisation's own card would say its name twice.
  return [title, organization === listName(card) ? '' : organization].filter(Boolean).join(', ');
}

/** The entry of the photo in `media`. */
export function photoOf(card: ContactCard): [Id, Media] | undefined {
  return Object.entries(contentOf(card).media ?? {}).find(([, media]) => media.kind === 'photo');
}

/** The sides in which the server makes photos smaller (docs/jmap-extension.md): for lists, and for a card. */
const photoSides = { list: 96, card: 192 } as const;

/** The address of the photo, made smaller if a side is given; one from elsewhere is not shown, it would tell who looks at whom. */
export function photoUrl(accountId: Id, card: ContactCard, side?: keyof typeof photoSides): string | null {
  const photo = photoOf(card)?.[1];
  if (!photo?.blobId) return photo?.uri?.startsWith('data:image/') ? photo.uri : null;
  const whole = downloadUrl(accountId, photo.blobId, 'photo', photo.mediaType ?? 'image/jpeg');
  return side ? `${whole}${whole.includes('?') ? '&' : '?'}side=${photoSides[side]}` : whole;
}
