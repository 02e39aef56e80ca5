import type { Anniversary, Card, Phone } from '../jscontact/types.ts';

type Usage = { readonly pref?: number };

/** The entries of a map, those that the person prefers first (RFC 9553 §1.5.4: 1 is the most preferred). */
export function byPreference<Entry extends Usage>(map: { readonly [id: string]: Entry } | undefined): Entry[] {
  return Object.values(map ?? {}).sort((a, b) => (a.pref ?? 101) - (b.pref ?? 101));
}

/** The parts of the name of these kinds, as one value. */
export function nameParts(card: Card, ...kinds: readonly string[]): string[] {
  const components = card.name?.components ?? [];
  const text = kinds
    .flatMap((kind) => components.filter((component) => component.kind === kind))
    .map((component) => component.value.trim())
    .filter(Boolean)
    .join(' ');
  return text === '' ? [] : [text];
}

/** The names of the organisations. */
export function organizationsOf(card: Card): string[] {
  return Object.values(card.organizations ?? {}).flatMap((organization) => organization.name ?? []);
}

/** The units of the organisations. */
export function unitsOf(card: Card): string {
  const units = Object.values(card.organizations ?? {}).flatMap((organization) => organization.units ?? []);
  return units.map((unit) => unit.name).join(', ');
}

/** Job titles, or roles (RFC 9553 §2.2.5: without a kind it is a title). */
export function titlesOf(card: Card, kind: 'title' | 'role'): string[] {
  return Object.values(card.titles ?? {})
    .filter((title) => (title.kind ?? 'title') === kind)
    .map((title) => title.name);
}

/** The numbers that belong in this column. */
export function phonesOf(card: Card, column: string): string[] {
  return byPreference(card.phones)
    .filter((phone) => phoneColumn(phone) === column)
    .map((phone) => phone.number.replace(/^tel:/iu, ''));
}

function phoneColumn({ features = {}, contexts = {} }: Phone): string {
  if (features['pager']) return 'pager';
  if (features['fax']) return contexts['work'] ? 'workFax' : contexts['private'] ? 'homeFax' : 'otherFax';
  if (features['mobile']) return 'mobilePhone';
  if (features['main-number']) return 'companyPhone';
  if (contexts['work']) return 'workPhone';
  return contexts['private'] ? 'homePhone' : 'otherPhone';
}

/** The addresses of web pages for work, for private life, or for neither. */
export function urlsOf(card: Card, context: 'work' | 'private' | null): string[] {
  const matching = byPreference(card.links).filter(({ contexts = {} }) =>
    context === null
      ? !contexts['work'] && !contexts['private']
      : (contexts[context] ?? false) && !(context === 'private' && contexts['work']),
  );
  return matching.map((link) => link.uri);
}

/** Dates as yyyy-MM-dd, or --MM-dd without the year. */
export function datesOf(card: Card, kind: string): string[] {
  return Object.values(card.anniversaries ?? {})
    .filter((anniversary) => anniversary.kind === kind)
    .map(({ date }) => dateText(date))
    .filter(Boolean);
}

function dateText(date: Anniversary['date']): string {
  if ('utc' in date) return date.utc.slice(0, 10);
  const { year, month, day } = date;
  const two = (number: number) => String(number).padStart(2, '0');
  if (month === undefined) return year === undefined ? '' : String(year).padStart(4, '0');
  const rest = `${two(month)}${day === undefined ? '' : `-${two(day)}`}`;
  return year === undefined ? `--${rest}` : `${String(year).padStart(4, '0')}-${rest}`;
}
