import type { Needles } from '../../../core/card/listRecords.ts';
import { isInBriefText, isInLineText, lineNeedle } from '../../../lib/lineText.ts';
import { childOf, childrenOf, textOf } from '../../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../../lib/xml/xmlElement.ts';
import { carddav } from '../names.ts';

/** More alternatives than this are not looked for one by one. */
const mostNeedles = 8;

/**
 * Texts of which every card that fits the filter of a question contains one; null: that cannot be said, and all cards
 * must be read. The filter has been read before, and is well formed.
 */
export function needlesOf(question: XmlElement): Needles | null {
  const filter = childOf(question, carddav('filter'));
  const props = filter ? childrenOf(filter, carddav('prop-filter')) : [];
  return props.length === 0 ? null : combine(filter!, props.map(needlesOfProp));
}

function needlesOfProp(element: XmlElement): Needles | null {
  const name = element.attributes['name']!.split('.').at(-1)!;
  const texts = childrenOf(element, carddav('text-match'));
  if (!isInLineText(name) || childOf(element, carddav('is-not-defined')) || texts.length === 0) return null;
  const needles = texts.map((text) => needleOfText(text, isInBriefText(name)));
  // Conditions on parameters are alternatives that are not looked for.
  const params = childrenOf(element, carddav('param-filter')).map(() => null);
  return combine(element, [...needles, ...params]);
}

function needleOfText(element: XmlElement, isBrief: boolean): Needles | null {
  if (element.attributes['negate-condition'] === 'yes') return null;
  const needle = lineNeedle(textOf(element));
  return needle === null ? null : { texts: [needle], isBrief };
}

/** Of conditions that must all hold one is enough; of alternatives all are needed. */
function combine({ attributes: { test } }: XmlElement, parts: readonly (Needles | null)[]): Needles | null {
  if (test === 'allof') return parts.find((part) => part?.isBrief) ?? parts.find((part) => part !== null) ?? null;
  if (parts.includes(null)) return null;
  const texts = parts.flatMap((part) => part?.texts ?? []);
  if (texts.length > mostNeedles) return null;
  return { texts, isBrief: parts.every((part) => part?.isBrief) };
}
