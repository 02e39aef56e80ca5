import type { Address, Card } from '../jscontact/types.ts';
import { byPreference } from './cardReaders.ts';

/** Where an address is, in the words of the columns. */
export type AddressPlace = 'work' | 'home' | 'other';
/** A part of an address, in the words of the columns. */
export type AddressField = 'Street' | 'City' | 'State' | 'PostalCode' | 'Country' | 'POBox';

/** Which components (RFC 9553 §2.5.1.2) a column takes. */
const kinds: Readonly<Record<Exclude<AddressField, 'Street'>, readonly string[]>> = {
  City: ['locality'],
  State: ['region'],
  PostalCode: ['postcode'],
  Country: ['country'],
  POBox: ['postOfficeBox'],
};

// The line of the street as French and English write it: « 12 rue des Lilas ».
const streetOrder = ['number', 'name', 'block', 'direction'];
const linesBelow = ['building', 'floor', 'apartment', 'room', 'landmark', 'subdistrict', 'district'];

/** The values of one column for the addresses of one place; one entry for each address, so that numbers go together. */
export function addressField(card: Card, place: AddressPlace, field: AddressField): string[] {
  const addresses = byPreference(card.addresses).filter((address) => placeOf(address) === place);
  return addresses.map((address) => (field === 'Street' ? street(address) : partOf(address, field)));
}

function placeOf(address: Address): AddressPlace {
  if (address.contexts?.['work']) return 'work';
  return address.contexts?.['private'] ? 'home' : 'other';
}

function partOf(address: Address, field: Exclude<AddressField, 'Street'>): string {
  const text = valuesOf(address, kinds[field]).join(', ');
  return text === '' && field === 'Country' ? (address.countryCode ?? '') : text;
}

function street(address: Address): string {
  const components = address.components ?? [];
  if (components.length === 0) return address.full ?? '';
  const ordered = address.isOrdered
    ? components.filter((component) => streetOrder.includes(component.kind)).map((component) => component.value)
    : streetOrder.flatMap((kind) => valuesOf(address, [kind]));
  return [ordered.join(' '), ...valuesOf(address, linesBelow)].filter(Boolean).join('\n');
}

function valuesOf(address: Address, wanted: readonly string[]): string[] {
  return (address.components ?? [])
    .filter((component) => wanted.includes(component.kind))
    .map((component) => component.value);
}
