import { vcardVersions } from './properties/rfc6352.ts';

type Version = (typeof vcardVersions)[number];

/**
 * The version of a card that a client would rather have (RFC 9110 §12.5.1, RFC 6350 §10.1): the stored one unless it
 * says otherwise; null: it takes none that there is.
 */
export function acceptedVersion(accept: string | undefined, stored: string | undefined): Version | 'stored' | null {
  if (accept === undefined) return 'stored';
  const ranges = accept.split(',').flatMap(readRange);
  if (ranges.length === 0) return 'stored';
  const others = vcardVersions.filter((version) => version !== stored);
  const offers = [
    { name: 'stored' as const, version: stored },
    ...others.map((version) => ({ name: version, version })),
  ];
  let best: { readonly name: Version | 'stored'; readonly quality: number } | null = null;
  for (const { name, version } of offers) {
    const quality = qualityOf(ranges, version);
    if (quality > (best?.quality ?? 0)) best = { name, quality };
  }
  return best?.name ?? null;
}

type MediaRange = {
  readonly specificity: number;
  readonly version: string | undefined;
  readonly quality: number;
};

/** How exactly a range means vCards; others do not matter. */
const specificity: Readonly<Record<string, number>> = {
  '*/*': 1,
  'text/*': 2,
  'text/directory': 3,
  'text/x-vcard': 3,
  'text/vcard': 3,
};

function readRange(text: string): MediaRange[] {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  if (type === '') return [];
  const given = new Map(
    parameters.map((parameter) => {
      const [name = '', value = ''] = parameter.split('=');
      return [name.trim(), value.trim().replaceAll('"', '')];
    }),
  );
  const quality = Number(given.get('q') ?? 1);
  const version = given.get('version');
  const rank = (specificity[type] ?? 0) + (version === undefined ? 0 : 1);
  return [{ specificity: specificity[type] ? rank : 0, version, quality: Number.isNaN(quality) ? 0 : quality }];
}

function qualityOf(ranges: readonly MediaRange[], version: string | undefined): number {
  const fitting = ranges.filter(
    (range) => range.specificity > 0 && (range.version === undefined || range.version === version),
  );
  const [first] = fitting.toSorted((a, b) => b.specificity - a.specificity);
  return first?.quality ?? 0;
}
