import { makeParam, paramValue, rewriteLine, typesOf, valueType } from './line.ts';
import { unescapeText } from './text.ts';
import type { VCardLine } from './types.ts';

/** A line in its 4.0 form and the indexes of the lines of the card that say it. */
export type SourcedLine = { readonly line: VCardLine; readonly sources: readonly number[] };

const isNamed =
  (name: string) =>
  ({ line }: SourcedLine) =>
    line.name.toUpperCase() === name;

/** The LABEL property became the LABEL parameter of the address of the same TYPE (RFC 6350 §6.3.1). */
export function absorbLabels(lines: readonly SourcedLine[]): SourcedLine[] {
  const result: (SourcedLine | undefined)[] = [...lines];
  const open = new Map<string, number[]>();
  const early: number[] = [];
  const absorb = (labelAt: number, target: number): void => {
    const [label, address] = [lines[labelAt]!, result[target]!];
    const params = [...address.line.params, makeParam('LABEL', unescapeText(label.line.value))];
    result[target] = { line: rewriteLine(address.line, { params }), sources: [...address.sources, ...label.sources] };
    result[labelAt] = undefined;
  };
  lines.forEach((entry, at) => {
    const types = typesOf(entry.line).toSorted().join();
    if (isNamed('ADR')(entry) && paramValue(entry.line, 'LABEL') === undefined)
      open.set(types, [...(open.get(types) ?? []).slice(-100), at]);
    if (!isNamed('LABEL')(entry)) return;
    // A LABEL follows its ADR in most programs; where types repeat, the nearest address before it is meant.
    const target = open.get(types)?.pop();
    if (target === undefined) early.push(at);
    else absorb(at, target);
  });
  for (const at of early) {
    const target = open.get(typesOf(lines[at]!.line).toSorted().join())?.shift();
    if (target !== undefined) absorb(at, target);
  }
  return result.filter((entry) => entry !== undefined);
}

/** SORT-STRING became the SORT-AS parameter of N (RFC 6350 §5.9). */
export function absorbSortString(lines: readonly SourcedLine[]): SourcedLine[] {
  const sort = lines.find(isNamed('SORT-STRING'));
  const name = lines.find(isNamed('N'));
  const sortAs = sort && unescapeText(sort.line.value);
  if (!sort || !name || !sortAs || sortAs.includes(',') || paramValue(name.line, 'SORT-AS') !== undefined)
    return [...lines];
  const line = rewriteLine(name.line, { params: [...name.line.params, makeParam('SORT-AS', sortAs)] });
  return lines
    .filter((entry) => entry !== sort)
    .map((entry) => (entry === name ? { line, sources: [...name.sources, ...sort.sources] } : entry));
}

// Schemes under which the chat addresses of old programs are known to IMPP.
const chats: Record<string, readonly [service: string, scheme: string]> = {
  'X-AIM': ['AIM', 'aim'],
  'X-ICQ': ['ICQ', 'icq'],
  'X-JABBER': ['Jabber', 'xmpp'],
  'X-MSN': ['MSN', 'msnim'],
  'X-YAHOO': ['Yahoo', 'ymsgr'],
  'X-SKYPE': ['Skype', 'skype'],
  'X-SKYPE-USERNAME': ['Skype', 'skype'],
  'X-GADUGADU': ['Gadu-Gadu', 'gg'],
  'X-GOOGLE-TALK': ['GoogleTalk', 'xmpp'],
  'X-QQ': ['QQ', 'x-qq'],
  'X-MATRIX': ['Matrix', 'matrix'],
};

const anniversaries = new Set(['X-ANNIVERSARY', 'X-EVOLUTION-ANNIVERSARY', 'X-KADDRESSBOOK-X-ANNIVERSARY']);
const spouses = new Set(['X-SPOUSE', 'X-EVOLUTION-SPOUSE', 'X-KADDRESSBOOK-X-SPOUSESNAME']);

// Apple's built-in labels that say exactly what a relation type of RFC 6350 says.
const relations: Record<string, string> = {
  '_$!<Spouse>!$_': 'spouse',
  '_$!<Child>!$_': 'child',
  '_$!<Parent>!$_': 'parent',
  '_$!<Friend>!$_': 'friend',
};

/** Gives properties of vendors the standard name where one means the same. */
export function liftVendorProperties(lines: readonly SourcedLine[]): SourcedLine[] {
  const hasChats = lines.some(isNamed('IMPP'));
  const labels = new Map(lines.filter(isNamed('X-ABLABEL')).map((entry) => [entry.line.group?.toLowerCase(), entry]));
  const absorbed = new Set<SourcedLine>();
  const lifted = liftCountries(lines).map((entry): SourcedLine => {
    const { line, sources } = entry;
    const name = line.name.toUpperCase();
    if (!name.startsWith('X-')) return entry;
    const chat = chats[name];
    // Apple writes IMPP and X-AIM for one address: only where IMPP is missing does X-AIM count.
    if (chat && !hasChats && line.value.trim() !== '') return { line: liftChat(line, chat), sources };
    if (anniversaries.has(name)) return { line: rewriteLine(line, { name: 'ANNIVERSARY' }), sources };
    if (spouses.has(name)) return { line: relatedLine(line, 'spouse'), sources };
    const label = line.group === null ? undefined : labels.get(line.group.toLowerCase());
    if (!label) return entry;
    if (name === 'X-ABDATE' && label.line.value === '_$!<Anniversary>!$_') {
      absorbed.add(label);
      return { line: rewriteLine(line, { name: 'ANNIVERSARY', group: null }), sources: [...sources, ...label.sources] };
    }
    const relation = relations[label.line.value];
    if (name !== 'X-ABRELATEDNAMES' || !relation) return entry;
    absorbed.add(label);
    return { line: rewriteLine(relatedLine(line, relation), { group: null }), sources: [...sources, ...label.sources] };
  });
  return lifted.filter((entry) => !absorbed.has(entry));
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

function liftChat(line: VCardLine, [service, scheme]: readonly [string, string]): VCardLine {
  const address = unescapeText(line.value).trim();
  const value = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `${scheme}:${encodeURI(address.toWellFormed())}`;
  return rewriteLine(line, { name: 'IMPP', value, params: [...line.params, makeParam('SERVICE-TYPE', service)] });
}

function relatedLine(line: VCardLine, relation: string): VCardLine {
  const isTyped = valueType(line) !== undefined;
  return rewriteLine(line, {
    name: 'RELATED',
    params: [
      ...line.params.filter((param) => param.name.toUpperCase() !== 'TYPE'),
      makeParam('TYPE', relation),
      ...(isTyped ? [] : [makeParam('VALUE', 'text')]),
    ],
  });
}
