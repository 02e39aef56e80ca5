import { convertVCard } from '../../format/vcard/convert.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import { serializeVCard } from '../../format/vcard/serialize.ts';
import type { VCard, VCardLine } from '../../format/vcard/types.ts';
import { childrenOf, childOf } from '../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../lib/xml/xmlElement.ts';
import { DavError } from './errors.ts';
import { carddav, xml } from './names.ts';
import { vcardVersions } from './properties/rfc6352.ts';
import type { Requested } from './requested.ts';

/** What a client wants of each card's content: RFC 6352 §10.4. */
export type AddressData = {
  readonly version: (typeof vcardVersions)[number];
  /** Only these properties, in capitals, with their values or without; null: all of it. */
  readonly only: ReadonlyMap<string, { readonly withValue: boolean }> | null;
};

const mostProperties = 200;

/** Reads `C:address-data` from what is asked for; null: no content is wanted. Without a version it is 3.0 (§10.4). */
export function readAddressData(requested: Requested): AddressData | null {
  const elements = requested.kind === 'some' ? requested.wanted : requested.kind === 'all' ? requested.include : [];
  const element = elements.find(({ name }) => name === carddav('address-data'));
  if (!element) return null;
  const { 'content-type': type = 'text/vcard', version = '3.0' } = element.attributes;
  const known = vcardVersions.find((candidate) => candidate === version);
  if (!known || !/^text\/(x-)?vcard$/iu.test(type.trim())) {
    throw new DavError(403, xml(carddav('supported-address-data')));
  }
  return { version: known, only: readOnly(element) };
}

function readOnly(element: XmlElement): AddressData['only'] {
  const props = childrenOf(element, carddav('prop'));
  if (props.length === 0 || childOf(element, carddav('allprop'))) return null;
  if (props.length > mostProperties) throw new DavError(400);
  return new Map(
    props.map(({ attributes }) => {
      if (attributes['name'] === undefined) throw new DavError(400);
      return [attributes['name'].toUpperCase(), { withValue: attributes['novalue'] !== 'yes' }];
    }),
  );
}

/** The record in the form that is wanted: the very octets where they have it already. */
export function renderRecord(record: string, wanted: AddressData): string {
  if (isAsStored(record, wanted)) return record;
  const { version, only } = wanted;
  const card = convertVCard(parseVCard(record), version);
  return serializeVCard(only === null ? card : reduce(card, only));
}

/** Whether a record (as a text, or as its octets) has the form that is wanted. */
export function isAsStored(record: string, { version, only }: AddressData): boolean {
  return only === null && versionOf(record) === version;
}

/** The version that a record says it has, without reading all of it. */
export function versionOf(record: string): string | undefined {
  return /^VERSION:(\S+)/imu.exec(record)?.[1];
}

/** What a card has to have to be one; the rest was not asked for. */
const mandatory: Readonly<Record<AddressData['version'], ReadonlySet<string>>> = {
  '3.0': new Set(['VERSION', 'FN', 'N', 'UID']),
  '4.0': new Set(['VERSION', 'FN', 'UID']),
};

function reduce(card: VCard, only: NonNullable<AddressData['only']>): VCard {
  const needed = mandatory[card.version === '3.0' ? '3.0' : '4.0'];
  const lines = card.lines.flatMap((line): VCardLine[] => {
    const name = line.name.toUpperCase();
    const full = line.group === null ? name : `${line.group.toUpperCase()}.${name}`;
    const wanted = only.get(name) ?? only.get(full);
    if (needed.has(name) || wanted?.withValue) return [line];
    if (!wanted) return [];
    const { raw: _, ...bare } = line;
    return [{ ...bare, value: '' }];
  });
  return { ...card, lines };
}
