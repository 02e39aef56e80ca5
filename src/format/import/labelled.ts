import { ownValue } from '../../lib/ownValue.ts';
import type { Draft } from './draft.ts';
import { contextsOf, uriOf } from './setters.ts';

/** The pairs of columns of one thing: `email[1].label`, `email[1].value`. */
export type Labelled = Readonly<Record<string, string>>;

type Usage = { readonly context: 'work' | 'private' | null; readonly label: string; readonly isFirst: boolean };

const contexts: readonly (readonly [RegExp, 'work' | 'private'])[] = [
  [/\b(work|professionnel(le)?|travail|bureau|business)\b/iu, 'work'],
  [/\b(home|domicile|personnel(le)?|priv[ée]e?|personal)\b/iu, 'private'],
];
const features: readonly (readonly [RegExp, string])[] = [
  [/\b(mobile|portable|cell)\b/iu, 'mobile'],
  [/\b(fax|t[ée]l[ée]copie)\b/iu, 'fax'],
  [/\b(pager|r[ée]cepteur)\b/iu, 'pager'],
  [/\b(main|principal)\b/iu, 'main-number'],
];

/** Takes a pair into the draft; several values of one label stand in one cell. Answers whether it knows this kind. */
export function takeLabelled(draft: Draft, kind: string, pair: Labelled): void {
  const usage = usageOf(pair['label'] ?? '');
  if (kind === 'address') {
    takeAddress(draft, pair, usage);
    return;
  }
  const values = (pair['value'] ?? '').split(':::').map((value) => value.trim());
  for (const value of values.filter(Boolean)) ownValue(takers, kind)?.(draft, value, usage, pair);
}

type Taker = (draft: Draft, value: string, usage: Usage, pair: Labelled) => void;

const takers: Readonly<Record<string, Taker>> = {
  email: (draft, address, usage) => draft.emails.push({ address, ...common(usage) }),
  phone: (draft, number, usage) => {
    const feature = features.find(([pattern]) => pattern.test(usage.label))?.[1];
    const isKnown = feature !== undefined || usage.context !== null;
    draft.phones.push({
      number,
      ...(feature === undefined ? {} : { features: { [feature]: true } }),
      ...common(isKnown ? { ...usage, label: '' } : usage),
    });
  },
  website: (draft, value, usage) => {
    const uri = uriOf(value);
    if (uri === undefined) draft.notes.push(value);
    else draft.links.push({ uri, ...common(usage) });
  },
  im: (draft, user, usage, pair) =>
    draft.services.push({ user, ...(pair['service'] ? { service: pair['service'] } : {}), ...common(usage) }),
  event: (draft, value, { label }) => draft.notes.push(`${label || 'Date'} : ${value}`),
  relation: (draft, value, { label }) => draft.notes.push(label === '' ? value : `${label} : ${value}`),
  custom: (draft, value, { label }) => draft.notes.push(label === '' ? value : `${label} : ${value}`),
};

/** What such pairs are of. */
export const labelledKinds: ReadonlySet<string> = new Set([...Object.keys(takers), 'address']);

function takeAddress(draft: Draft, pair: Labelled, usage: Usage): void {
  const part = (name: string, kind: string) => {
    const value = pair[name]?.trim();
    return value ? [{ kind, value }] : [];
  };
  const lines = [pair['street'] ?? '', pair['extended'] ?? ''].map((line) => line.trim());
  draft.addresses.set(`labelled${draft.addresses.size}`, {
    ...contextsOf(usage.context),
    lines,
    parts: [
      ...part('city', 'locality'),
      ...part('region', 'region'),
      ...part('postcode', 'postcode'),
      ...part('country', 'country'),
      ...part('box', 'postOfficeBox'),
    ],
  });
}

/** A star stands before the label of what is preferred. */
function usageOf(given: string): Usage {
  const isFirst = given.startsWith('*');
  const label = given.replace(/^\*\s*/u, '').trim();
  const context = contexts.find(([pattern]) => pattern.test(label))?.[1] ?? null;
  return { context, label, isFirst };
}

function common({ context, label, isFirst }: Usage) {
  const isNamed = context === null && label !== '' && !/^(other|autre)$/iu.test(label);
  return { ...contextsOf(context), ...(isNamed ? { label } : {}), ...(isFirst ? { pref: 1 } : {}) };
}
