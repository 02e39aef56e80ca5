import { type FieldLabel, ownFields, repeatedFields, textFields, dateFields } from '../../fields.ts';
import { addressText, type Draft, partsOf, readText } from './card-values.ts';
import { entriesOf, labelOfEntry, textOfEntry } from './entries.ts';
import { formatPartialDate } from './partial-date.ts';
import { dateOfLine, type OwnLine, ownNames } from './own-lines.ts';
import type { Address, Anniversary, JCardProp } from '../../../src/format/jscontact/types.ts';

/** The place of a field, as `mergeCards` names it, in steps. */
function stepsOf(field: string): readonly string[] {
  return field.split('/').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The label of the field at a place; undefined for what has none. */
export function labelAt(field: string, card: Draft): FieldLabel | undefined {
  const [property = '', key = '', part = ''] = stepsOf(field);
  if (property === 'keywords') return 'keywords';
  if (property === 'vCardProps') return ownFields.find((own) => key.startsWith(`${ownNames[own.property]} `))?.label;
  if (property === 'anniversaries')
    return dateFields.find(({ kind }) => kind === card.anniversaries?.[key]?.kind)?.label;
  const repeated = repeatedFields.find((row) => row.property === property);
  if (repeated) return repeated.label;
  if (property === 'titles') return card.titles?.[key]?.kind === 'role' ? 'role' : 'jobTitle';
  if (property === 'name' && key === 'full') return 'fullName';
  return textFields.find(({ path: [first, second, third] }) => {
    if (first !== property) return false;
    if (property !== 'name') return true;
    if (key !== 'components') return second === key;
    return typeof third === 'object' && 'component' in third && third.component === part.split('#')[0];
  })?.label;
}

/** What a card says at a place, in one line; empty when it says nothing there. */
export function textAt(field: string, card: Draft, language: string): string {
  const [property = '', key = '', part = ''] = stepsOf(field);
  if (property === 'name' && key === 'components')
    return readText(card, ['name', 'components', { component: part.split('#')[0] ?? '' }]);
  if (property === 'addresses') return addressText((card.addresses?.[key] ?? {}) as Address).join(', ');
  if (property === 'anniversaries') {
    const anniversary: Anniversary | undefined = card.anniversaries?.[key];
    return anniversary ? formatPartialDate(partsOf(anniversary.date), language) : '';
  }
  if (property === 'keywords') return card.keywords?.[key] ? key : '';
  if (property === 'vCardProps') return ownText(key, card, language);
  const repeated = repeatedFields.find((row) => row.property === property);
  const entry = repeated && entriesOf(card, repeated).find(([other]) => other === key)?.[1];
  if (repeated && entry) {
    const label = labelOfEntry(card, repeated, key, entry);
    return [textOfEntry(repeated, entry), label && `(${label})`].filter(Boolean).join(' ');
  }
  return firstText(
    stepsOf(field).reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], card),
  );
}

function ownText(key: string, card: Draft, language: string): string {
  const [name = '', group = ''] = key.split('#')[0]!.split(' ');
  const own = ownFields.find(({ property }) => ownNames[property] === name);
  const line = own && entriesOf(card, own).find(([other]) => other === group)?.[1];
  if (!own || !line) return plainLine(card.vCardProps, name, group);
  const { label } = line as unknown as OwnLine;
  const text =
    own.editor === 'date'
      ? formatPartialDate(dateOfLine(line as unknown as OwnLine), language)
      : textOfEntry(own, line);
  return label ? `${label}: ${text}` : text;
}

function plainLine(props: readonly JCardProp[] = [], name: string, group: string): string {
  const prop = props.find((one) => one[0] === name && String(one[1]['group'] ?? '') === group);
  return prop ? firstText(prop[3]) : '';
}

/** The first words in a value that no field knows. */
function firstText(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value).slice(0, 200);
  if (typeof value !== 'object' || value === null) return '';
  const texts = Object.entries(value).filter(([name]) => name !== '@type' && name !== 'kind');
  return texts.map(([, inner]) => firstText(inner)).find(Boolean) ?? '';
}
