import type { Card, Name, NameComponent } from './types.ts';

type NamedCard = Partial<Card>;

// Without an order of its own, a name is shown as French and English show it.
const displayOrder = ['title', 'given', 'given2', 'surname', 'surname2', 'generation', 'credential'];

/** The name to show: the full name, its components, or the first other thing that identifies the card. */
export function displayName(card: NamedCard): string {
  return (
    fullName(card.name) ||
    organizationName(card) ||
    firstOf(card.nicknames, 'name') ||
    firstOf(card.emails, 'address') ||
    firstOf(card.phones, 'number') ||
    card.uid ||
    ''
  );
}

/** The name as a person would write it; empty if the card has none. */
export function fullName(name: Name | undefined): string {
  if (name?.full) return name.full;
  if (!name?.components) return '';
  if (name.isOrdered) return inOrder(name.components, name.defaultSeparator ?? ' ');
  return displayOrder
    .flatMap((kind) => name.components!.filter((component) => component.kind === kind))
    .map((component) => component.value.trim())
    .filter(Boolean)
    .join(' ');
}

/** RFC 9553 §2.2.1: a separator stands for the default one at its place. */
function inOrder(components: readonly NameComponent[], between: string): string {
  let text = '';
  components.forEach((component, index) => {
    const isJoined = index > 0 && component.kind !== 'separator' && components[index - 1]!.kind !== 'separator';
    text += (isJoined ? between : '') + component.value;
  });
  return text.trim();
}

function component(card: NamedCard, kind: string): string {
  return card.name?.components?.find((one) => one.kind === kind)?.value ?? '';
}

/** The first given name. */
export function givenName(card: NamedCard): string {
  return component(card, 'given');
}

/** The first surname. */
export function surname(card: NamedCard): string {
  return component(card, 'surname');
}

/** The first secondary surname. */
export function surname2(card: NamedCard): string {
  return component(card, 'surname2');
}

/** The name to sort and file by: « Nom, Prénom », else the organisation, else the displayed name. */
export function fileAs(card: NamedCard): string {
  const family = [surname(card), surname2(card)].filter(Boolean).join(' ');
  const given = givenName(card);
  if (family) return given ? `${family}, ${given}` : family;
  return given || fullName(card.name) || organizationName(card) || displayName(card);
}

/**
 * What decides the position in a list: `sortAs` of the surname (RFC 9553 §2.2.1) if the card has one, else `fileAs`.
 */
export function sortedAs(card: NamedCard): string {
  const family = card.name?.sortAs?.['surname'];
  if (!family) return fileAs(card);
  const given = givenName(card);
  return given ? `${family}, ${given}` : family;
}

/** The first organisation, or its first unit if it has no name. */
export function organizationName(card: NamedCard): string {
  const organization = Object.values(card.organizations ?? {})[0];
  return organization?.name ?? organization?.units?.[0]?.name ?? '';
}

/** A label without the markers that Apple puts around its built-in ones. */
export function displayLabel(label: string): string {
  return /^_\$!<(.*)>!\$_$/s.exec(label)?.[1] ?? label;
}

function firstOf<Key extends string>(
  map: Readonly<Record<string, Readonly<Record<Key, string>>>> | undefined,
  key: Key,
): string {
  return Object.values(map ?? {})[0]?.[key] ?? '';
}
