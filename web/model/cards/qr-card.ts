import type { ContactCard } from '../../../client/src/types.ts';
import { toVCard } from '../../../src/format/jscontact/toVCard.ts';
import type { Card } from '../../../src/format/jscontact/types.ts';
import { convertVCard } from '../../../src/format/vcard/convert.ts';
import { serializeVCard } from '../../../src/format/vcard/serialize.ts';
import type { VCardLine } from '../../../src/format/vcard/types.ts';
import { contentOf } from './card-summary.ts';

/** What a telephone keeps of a card, the least needed last. */
const properties = ['name', 'organizations', 'phones', 'emails', 'titles', 'links', 'addresses'] as const;

/** What is in the way of the telephone that reads it. */
const unneeded = /^(?:UID|REV|PRODID|KIND|JSPROP|LABEL|X-)/iu;

/** A code of more octets than this is read badly from a screen. */
const mostOctets = 700;

/** The vCard 3.0 (RFC 2426: what cameras understand) of the essential part of a card, short enough for a QR code. */
export function qrCard(card: ContactCard): string {
  const content = contentOf(card);
  for (let count: number = properties.length; count > 1; count -= 1) {
    const text = vcardOf(content, properties.slice(0, count));
    if (new TextEncoder().encode(text).length <= mostOctets) return text;
  }
  return vcardOf(content, properties.slice(0, 1));
}

function vcardOf(content: Partial<Card>, kept: readonly (keyof Card)[]): string {
  const some = Object.fromEntries(kept.flatMap((name) => (name in content ? [[name, content[name]]] : [])));
  const whole = convertVCard(toVCard({ '@type': 'Card', version: '1.0', uid: 'qr', ...some } as Card), '3.0');
  const lines = whole.lines.map((line, index) => plain(line, whole.lines[index + 1]));
  return serializeVCard({ ...whole, lines: lines.filter(({ name }) => !unneeded.test(name)) });
}

/** With no parameter but its kind. Telephones read no `LABEL`: an address that is nothing but that (`next`) becomes its street. */
function plain({ group, name, params, value }: VCardLine, next: VCardLine | undefined): VCardLine {
  const isLabelled = name === 'ADR' && /^;*$/u.test(value) && next?.name === 'LABEL';
  return {
    group,
    name,
    params: params.filter((param) => param.name.toUpperCase() === 'TYPE'),
    value: isLabelled ? `;;${next.value};;;;` : value,
  };
}
