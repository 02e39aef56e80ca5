import { cellReader } from '../import/cardFromFields.ts';
import { writeDataUri } from '../jscontact/media.ts';
import type { MediaBlob } from '../jscontact/media.ts';
import type { Card, JCardProp, NameComponent } from '../jscontact/types.ts';
import { fieldOfAttribute, labelOfAttribute } from './attributeFields.ts';
import { linesOfXProps } from './xProps.ts';
import type { ZimbraContact } from './types.ts';

type Attributes = ZimbraContact['attributes'];
type Column = { readonly heading: string; readonly field: string; readonly value: string };

/** A contact as ours, without uid and members, and what of it was no date. */
export type ContactRead = { readonly card: Partial<Card>; readonly wrongDates: readonly string[] };

/**
 * A contact of Zimbra as ours. Each attribute has its field; those that we have no field for, and those that people
 * made, become fields of their own (`X-COTERIE-FIELD` with a label). Nothing is left out but Zimbra's own business.
 */
export function cardOfContact(
  { attributes, tags }: Pick<ZimbraContact, 'attributes' | 'tags'>,
  { photo, language }: { readonly photo: MediaBlob | null; readonly language: 'fr' | 'en' },
): ContactRead {
  const isGroup = first(attributes, 'type') === 'group';
  const names = [...attributes.keys()].sort(byNumber);
  const columns = names.flatMap((name, at) => columnsOf(name, at, attributes.get(name)!, language));
  const read = cellReader({
    headings: columns.map(({ heading }) => heading),
    fields: columns.map(({ field }) => field),
    dates: 'dmy',
  });
  const { card = {}, wrongDates } = read(columns.map(({ value }) => value));
  const props = [...ownLines(names, attributes, language), ...linesOfXProps(first(attributes, 'vcardXProps'))];
  const whole: Partial<Card> = {
    ...(isGroup ? groupOf(card, attributes) : sorted(withPhonetics(card, attributes), attributes)),
    ...(tags.length === 0 ? {} : { keywords: Object.fromEntries(tags.map((tag) => [tag, true as const])) }),
    ...(photo ? { media: { photo: { kind: 'photo', uri: writeDataUri(photo) } } } : {}),
    ...keysOf(attributes),
    ...(props.length === 0 ? {} : { vCardProps: props }),
  };
  return { card: whole, wrongDates };
}

function first(attributes: Attributes, name: string): string {
  return attributes.get(name)?.[0]?.trim() ?? '';
}

/** `email`, `email2`, `email10`. */
function byNumber(a: string, b: string): number {
  const [one, other] = [a, b].map((name) => /^(.*?)((?<!\d)\d*)$/su.exec(name)!);
  return one![1] === other![1] ? Number(one![2]) - Number(other![2]) : a < b ? -1 : 1;
}

function columnsOf(name: string, at: number, values: readonly string[], language: 'fr' | 'en'): Column[] {
  const found = fieldOfAttribute(name);
  const heading = labelOfAttribute(name, language);
  if (found.as === 'field') return values.map((value) => ({ heading, field: found.field, value }));
  if (found.as !== 'labelled') return [];
  return values.flatMap((given, index) => {
    const pair = `${found.kind}[${at * 100 + index + 1}]`;
    const { service, value } = found.kind === 'im' ? chatOf(given) : { service: '', value: given };
    return [
      { heading, field: `${pair}.label`, value: found.label },
      { heading, field: `${pair}.service`, value: service },
      { heading, field: `${pair}.value`, value },
    ];
  });
}

const services: Readonly<Record<string, string>> = { xmpp: 'XMPP', yahoo: 'Yahoo', aol: 'AOL', msn: 'MSN' };

/** `xmpp://ada@demo.example`: the protocol stands before the address. */
function chatOf(given: string): { readonly service: string; readonly value: string } {
  const [, protocol, address] = /^([a-z]+):\/\/(\S.*)$/iu.exec(given.trim()) ?? [];
  if (protocol === undefined) return { service: '', value: given };
  return { service: services[protocol.toLowerCase()] ?? '', value: address! };
}

function groupOf(card: Partial<Card>, attributes: Attributes): Partial<Card> {
  const { nicknames: _nicknames, ...others } = card;
  const filedAs = /^8:(.+)$/su.exec(first(attributes, 'fileAs'))?.[1]?.trim() ?? '';
  const full = first(attributes, 'nickname') || first(attributes, 'fullName') || filedAs;
  return { ...others, kind: 'group', ...(full === '' ? {} : { name: { full } }) };
}

const phonetics: Readonly<Record<string, string>> = { given: 'phoneticFirstName', surname: 'phoneticLastName' };

function withPhonetics(card: Partial<Card>, attributes: Attributes): Partial<Card> {
  const { name } = card;
  if (!name?.components || !Object.values(phonetics).some((each) => attributes.has(each))) return card;
  const components = name.components.map((component): NameComponent => {
    const phonetic = first(attributes, phonetics[component.kind] ?? '');
    return phonetic === '' ? component : { ...component, phonetic };
  });
  return { ...card, name: { ...name, phoneticSystem: 'x-unknown', components } };
}

/** A place in lists of the person's own: a text (8), or the company first (3, 6, 7). */
function sorted(card: Partial<Card>, attributes: Attributes): Partial<Card> {
  const { name } = card;
  const [, way, text = ''] = /^([1-8])(?::(.*))?$/su.exec(first(attributes, 'fileAs')) ?? [];
  const isByCompany = way === '3' || way === '6' || way === '7';
  const place = way === '8' ? text.trim() : isByCompany ? first(attributes, 'company') : '';
  const [given, surname] = ['given', 'surname'].map(
    (kind) => name?.components?.find((each) => each.kind === kind)?.value,
  );
  const usual = [surname, `${surname}, ${given}`, `${given} ${surname}`];
  if (!name || place === '' || surname === undefined || usual.includes(place)) return card;
  return { ...card, name: { ...name, sortAs: { surname: place } } };
}

/** Certificates are kept as they are: DER in base64. */
function keysOf(attributes: Attributes): Partial<Card> {
  const certificates = [...(attributes.get('userCertificate') ?? []), ...(attributes.get('userSMIMECertificate') ?? [])]
    .map((value) => value.replaceAll(/\s/gu, ''))
    .filter((value) => /^[A-Za-z0-9+/]{100,20000}={0,2}$/u.test(value));
  const entries = certificates.map((data, at): [string, { uri: string }] => [
    `certificate${at + 1}`,
    { uri: `data:application/pkix-cert;base64,${data}` },
  ]);
  return entries.length === 0 ? {} : { cryptoKeys: Object.fromEntries(entries) };
}

/** What has no field here: a line and its label, as the form writes fields of one's own. */
function ownLines(names: readonly string[], attributes: Attributes, language: 'fr' | 'en'): JCardProp[] {
  const lines = names
    .filter((name) => fieldOfAttribute(name).as === 'own')
    .flatMap((name) => attributes.get(name)!.map((value) => ({ label: labelOfAttribute(name, language), value })));
  return lines.flatMap(({ label, value }, at): JCardProp[] => [
    ['x-coterie-field', { group: `zimbra${at + 1}` }, 'unknown', value],
    ['x-ablabel', { group: `zimbra${at + 1}` }, 'unknown', label],
  ]);
}
