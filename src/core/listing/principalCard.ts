import type { PrincipalRow } from '../../db/schema.ts';
import type { Card } from '../../format/jscontact/types.ts';
import { readPersonName } from '../../format/mail/personName.ts';
import type { DetailName, PrincipalDetails } from './details.ts';

type Shown = ReadonlySet<DetailName>;
type Source = Pick<
  PrincipalRow,
  'id' | 'kind' | 'name' | 'email' | 'description' | 'source' | 'details' | 'created_at'
>;

/** A person or group of the directory as a contact (RFC 9553), with the details that are shown. */
export function principalCard(row: Source, shown: Shown): Card {
  const details = JSON.parse(row.details) as PrincipalDetails;
  const card = {
    '@type': 'Card',
    version: '1.0',
    uid: row.id,
    kind: row.kind,
    created: `${row.created_at.slice(0, 19)}Z`,
    name: nameOf(row, details),
    ...(row.email === null ? {} : { emails: { e1: { address: row.email } } }),
    ...organizationsOf(details, shown),
    ...textOf('titles', 't1', 'name', shown.has('title') ? details.title : undefined),
    ...phonesOf(details, shown),
    ...textOf('addresses', 'a1', 'full', shown.has('address') ? details.address : undefined),
    ...textOf('notes', 'n1', 'note', shown.has('description') ? descriptionOf(row, details) : undefined),
  };
  return card as unknown as Card;
}

/** A description that is made of title and department is left out: these are shown by themselves. */
export function descriptionOf(
  { source, description }: Pick<Source, 'source' | 'description'>,
  details: PrincipalDetails,
): string | undefined {
  const isOwn = source === 'local' && details.title === undefined && details.department === undefined;
  return details.description ?? (isOwn ? (description ?? undefined) : undefined);
}

function nameOf({ kind, name, email }: Source, details: PrincipalDetails): object {
  if (kind === 'group') return { full: name };
  const read = details.surname === undefined ? readPersonName(name, email ?? '') : null;
  const parts = [
    ['given', details.given ?? read?.given],
    ['given2', details.given === undefined ? read?.given2 : undefined],
    ['surname', details.surname ?? read?.surname],
  ] as const;
  const components = parts.flatMap(([part, value]) => (value ? [{ kind: part, value }] : []));
  return components.length === 0 ? { full: name } : { components, full: name };
}

function organizationsOf({ organization, department }: PrincipalDetails, shown: Shown): object {
  const name = shown.has('organization') ? organization : undefined;
  const unit = shown.has('department') ? department : undefined;
  if (name === undefined && unit === undefined) return {};
  return {
    organizations: {
      o1: { ...(name === undefined ? {} : { name }), ...(unit === undefined ? {} : { units: [{ name: unit }] }) },
    },
  };
}

const kinds = {
  work: { features: { voice: true }, contexts: { work: true } },
  mobile: { features: { mobile: true } },
  fax: { features: { fax: true }, contexts: { work: true } },
  home: { features: { voice: true }, contexts: { private: true } },
} as const;

function phonesOf({ phones = [] }: PrincipalDetails, shown: Shown): object {
  const visible = phones.filter(({ kind }) => shown.has(kind));
  if (visible.length === 0) return {};
  const entries = visible.map(({ number, kind }, index) => [`p${index + 1}`, { number, ...kinds[kind] }]);
  return { phones: Object.fromEntries(entries) };
}

function textOf(property: string, key: string, name: string, text: string | undefined): object {
  return text === undefined ? {} : { [property]: { [key]: { [name]: text } } };
}
