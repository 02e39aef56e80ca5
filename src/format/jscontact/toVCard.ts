import { convertVCard } from '../vcard/convert.ts';
import { makeLine } from '../vcard/line.ts';
import { settleLine } from '../vcard/serialize.ts';
import type { VCard, VCardLine } from '../vcard/types.ts';
import { sameJson } from './json.ts';
import { differences, readJsprop, writeJsprop } from './jsprop.ts';
import { mergeCard } from './merge.ts';
import { normalizeCard } from './normalize.ts';
import { project, type Projection } from './project.ts';
import type { Card, Json, JsonObject } from './types.ts';
import { sameUnit, unitsOf } from './units.ts';

/**
 * The vCard for a Card (RFC 9555 §3). With a base, lines whose meaning did not change stay as they were written; what
 * vCard cannot express goes into JSPROP, so that `fromVCard` returns the normalised card.
 */
export function toVCard(card: Card, base?: VCard): VCard {
  const wanted = normalizeCard(card);
  // 2.1 has no way to write what we may have to say; edited cards of that age become 4.0.
  const old: VCard = base === undefined ? blank : base.version === '2.1' ? convertVCard(base, '4.0') : base;
  const before = project(old);
  let merged = mergeCard(old, before, wanted, new Set());
  if (sameJson(json(project(merged.card).card), json(wanted))) return merged.card;

  const forced = unitsToForce(project(withoutJsprops(merged.card)), wanted, merged.rewritten);
  if (forced.size > 0) merged = mergeCard(old, before, wanted, forced);
  return withJsprops(merged.card, wanted);
}

const blank: VCard = { version: '4.0', lines: [makeLine('VERSION', '4.0')] };
const blankProjection = project(blank);

/**
 * The vCard for a card from a program that does not know JSContact: entries get the keys that `fromVCard` makes, and
 * nothing is written to preserve the keys they have. Only for content that vCard can express.
 */
export function newVCard(card: Card): VCard {
  return mergeCard(blank, blankProjection, normalizeCard(card), new Set()).card;
}

const json = (card: Card): JsonObject => card as unknown as JsonObject;
const isJsprop = (line: VCardLine): boolean => line.name.toUpperCase() === 'JSPROP';

function withoutJsprops(card: VCard): VCard {
  if (!card.lines.some(isJsprop)) return card;
  return { version: card.version, lines: card.lines.filter((line) => !isJsprop(line)) };
}

/** Entries that got another key than they have, and those whose JSPROP lines will need a key to hold on to. */
function unitsToForce(got: Projection, wanted: Card, rewritten: ReadonlySet<string>): Set<string> {
  const found = unitsOf(got.card);
  return new Set(
    [...unitsOf(wanted)]
      .filter(([id, unit]) => {
        const other = found.get(id);
        return !other || (rewritten.has(id) && !sameUnit(other, unit));
      })
      .map(([id]) => id),
  );
}

/** Says in JSPROP what the lines do not say, keeping the JSPROP lines that still say it. */
function withJsprops(card: VCard, wanted: Card): VCard {
  const plain = withoutJsprops(card);
  const got = project(plain).card;
  const missing = new Map<string, Json>(differences(json(got), json(wanted)));
  const exact = add(card, missing);
  if (sameJson(json(project(exact).card), json(wanted))) return exact;
  // A patch below what is missing does not apply: then the whole property is said.
  const whole = new Map(
    [...missing.keys()].map((pointer) => pointer.split('/')[0]!).map((name) => [name, json(wanted)[name] ?? null]),
  );
  return add(card, whole);
}

function add(card: VCard, patch: ReadonlyMap<string, Json>): VCard {
  const left = new Map(patch);
  const lines = card.lines.filter((line) => {
    if (!isJsprop(line)) return true;
    const [pointer, value] = readJsprop(line) ?? [];
    if (pointer === undefined || !left.has(pointer) || !sameJson(left.get(pointer), value)) return false;
    return left.delete(pointer);
  });
  return {
    version: card.version,
    lines: [...lines, ...[...left].map(([pointer, value]) => settleLine(writeJsprop(pointer, value), card.version))],
  };
}
