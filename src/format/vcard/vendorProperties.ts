import { liftChats, liftSocialProfile } from './liftChats.ts';
import { makeParam, paramValue, rewriteLine, valueType } from './line.ts';
import { liftPhoneticNames } from './phoneticNames.ts';
import type { VCardLine } from './types.ts';
import { isNamed, type SourcedLine } from './upgradeMany.ts';

const anniversaries = new Set(['X-ANNIVERSARY', 'X-EVOLUTION-ANNIVERSARY', 'X-KADDRESSBOOK-X-ANNIVERSARY']);
const spouses = new Set(['X-SPOUSE', 'X-EVOLUTION-SPOUSE', 'X-KADDRESSBOOK-X-SPOUSESNAME', 'X-MS-SPOUSE']);

// Apple's built-in labels that say exactly what a relation type of RFC 6350 §6.6.6 says.
const relations: Record<string, string> = {
  '_$!<Spouse>!$_': 'spouse',
  '_$!<Child>!$_': 'child',
  '_$!<Parent>!$_': 'parent',
  '_$!<Friend>!$_': 'friend',
};

// Labels that say more than the relation type: they stay beside it.
const narrowRelations: Record<string, string> = {
  '_$!<Mother>!$_': 'parent',
  '_$!<Father>!$_': 'parent',
  '_$!<Son>!$_': 'child',
  '_$!<Daughter>!$_': 'child',
  '_$!<Brother>!$_': 'sibling',
  '_$!<Sister>!$_': 'sibling',
  '_$!<Partner>!$_': 'sweetheart',
};

/** Gives properties of vendors the standard name where one means the same. */
export function liftVendorProperties(lines: readonly SourcedLine[]): SourcedLine[] {
  if (!lines.some(({ line }) => /^x-/i.test(line.name))) return [...lines];
  const labels = new Map(lines.filter(isNamed('X-ABLABEL')).map((entry) => [entry.line.group?.toLowerCase(), entry]));
  const hasKind = lines.some(isNamed('KIND'));
  const absorbed = new Set<SourcedLine>();
  const lifted = liftPhoneticNames(liftChats(liftCountries(lines))).map((entry): SourcedLine => {
    const { line, sources } = entry;
    const name = line.name.toUpperCase();
    if (!name.startsWith('X-')) return entry;
    const alone = liftAlone(name, line, hasKind);
    if (alone) return { line: alone, sources };
    const label = line.group === null ? undefined : labels.get(line.group.toLowerCase());
    const standard = label && liftLabelled(name, line, label.line.value);
    if (!standard) return entry;
    if (!standard.absorbs) return { line: standard.line, sources };
    absorbed.add(label);
    return { line: rewriteLine(standard.line, { group: null }), sources: [...sources, ...label.sources] };
  });
  return lifted.filter((entry) => !absorbed.has(entry));
}

/** Lines that mean something without others. */
function liftAlone(name: string, line: VCardLine, hasKind: boolean): VCardLine | undefined {
  if (anniversaries.has(name)) return rewriteLine(line, { name: 'ANNIVERSARY' });
  if (spouses.has(name)) return relatedLine(line, 'spouse');
  if (name === 'X-SOCIALPROFILE') return liftSocialProfile(line);
  if (name === 'X-TWITTER')
    return liftSocialProfile(rewriteLine(line, { params: [...line.params, makeParam('SERVICE-TYPE', 'Twitter')] }));
  // Apple's tick « Company »: RFC 6350 §6.1.4 has a kind for it.
  if (name === 'X-ABSHOWAS' && !hasKind && line.value.trim().toUpperCase() === 'COMPANY')
    return rewriteLine(line, { name: 'KIND', value: 'org', params: [] });
  return undefined;
}

/** Lines that a label in their group explains; `absorbs` when the label then says nothing more. */
function liftLabelled(name: string, line: VCardLine, label: string): { line: VCardLine; absorbs: boolean } | undefined {
  if (name === 'X-ABDATE' && label === '_$!<Anniversary>!$_')
    return { line: rewriteLine(line, { name: 'ANNIVERSARY' }), absorbs: true };
  if (name !== 'X-ABRELATEDNAMES') return undefined;
  const relation = relations[label];
  if (relation) return { line: relatedLine(line, relation), absorbs: true };
  return { line: relatedLine(line, narrowRelations[label]), absorbs: false };
}

/** Apple puts the country code of an address beside it: item1.ADR and item1.X-ABADR:fr. */
function liftCountries(lines: readonly SourcedLine[]): SourcedLine[] {
  const codes = new Map(
    lines
      .filter(
        (entry) => isNamed('X-ABADR')(entry) && entry.line.group !== null && /^[A-Za-z]{2}$/.test(entry.line.value),
      )
      .map((entry) => [entry.line.group!.toLowerCase(), entry]),
  );
  if (codes.size === 0) return [...lines];
  const used = new Set<SourcedLine>();
  const lifted = lines.map((entry): SourcedLine => {
    const code =
      entry.line.group === null || !isNamed('ADR')(entry) ? undefined : codes.get(entry.line.group.toLowerCase());
    if (!code || used.has(code) || paramValue(entry.line, 'CC') !== undefined) return entry;
    used.add(code);
    const params = [...entry.line.params, makeParam('CC', code.line.value.toUpperCase())];
    return { line: rewriteLine(entry.line, { params }), sources: [...entry.sources, ...code.sources] };
  });
  return lifted.filter((entry) => !used.has(entry));
}

function relatedLine(line: VCardLine, relation: string | undefined): VCardLine {
  const isTyped = valueType(line) !== undefined;
  return rewriteLine(line, {
    name: 'RELATED',
    params: [
      ...line.params.filter((param) => param.name.toUpperCase() !== 'TYPE'),
      ...(relation === undefined ? [] : [makeParam('TYPE', relation)]),
      ...(isTyped ? [] : [makeParam('VALUE', 'text')]),
    ],
  });
}
