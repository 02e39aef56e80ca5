import type { CardFilter, ParamFilter, PropFilter, TextTest } from '../../../format/vcard/filter.ts';
import { collations } from '../../../lib/collation.ts';
import type { Collation } from '../../../lib/collation.ts';
import { foldText } from '../../../lib/fold.ts';
import { childOf, childrenOf, textOf } from '../../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../../lib/xml/xmlElement.ts';
import { DavError } from '../errors.ts';
import { carddav, xml } from '../names.ts';
import { ownValue } from '../../../lib/ownValue.ts';

const mostConditions = 100;

type Collations = Readonly<Record<string, Collation>>;

/**
 * How people are looked for in a directory: as everywhere here, « elodie » finds Élodie. RFC 5051 would have the letters
 * as they were typed, but nobody knows by heart how a thousand colleagues are written.
 */
export const directoryCollations: Collations = {
  ...collations,
  'i;ascii-casemap': foldText,
  'i;unicode-casemap': foldText,
};

/** Reads `C:filter` (RFC 6352 §10.5); none at all, or an empty one, is every card. */
export function readFilter(question: XmlElement, known: Collations = collations): CardFilter {
  const filters = childrenOf(question, carddav('filter'));
  if (filters.length > 1) throw new DavError(400);
  const [filter] = filters;
  if (!filter) return { all: true, props: [] };
  const props = childrenOf(filter, carddav('prop-filter'));
  if (props.length > mostConditions) throw new DavError(400);
  return { all: readTest(filter), props: props.map((prop) => readProp(prop, known)) };
}

function readProp(element: XmlElement, known: Collations): PropFilter {
  const given = element.attributes['name']?.toUpperCase();
  if (given === undefined || given === '') throw new DavError(400);
  const dot = given.indexOf('.');
  const texts = childrenOf(element, carddav('text-match'));
  const params = childrenOf(element, carddav('param-filter'));
  if (texts.length + params.length > mostConditions) throw new DavError(400);
  return {
    name: given.slice(dot + 1),
    group: dot === -1 ? null : given.slice(0, dot),
    isAbsent: childOf(element, carddav('is-not-defined')) !== undefined,
    all: readTest(element),
    texts: texts.map((text) => readText(text, known)),
    params: params.map((param) => readParam(param, known)),
  };
}

function readParam(element: XmlElement, known: Collations): ParamFilter {
  const name = element.attributes['name']?.toUpperCase();
  if (name === undefined || name === '') throw new DavError(400);
  if (childOf(element, carddav('is-not-defined'))) return { name, test: 'absent' };
  const text = childOf(element, carddav('text-match'));
  return { name, test: text ? readText(text, known) : 'present' };
}

function readTest({ attributes: { test = 'anyof' } }: XmlElement): boolean {
  if (test !== 'anyof' && test !== 'allof') throw new DavError(400);
  return test === 'allof';
}

const matches: Readonly<Record<string, (text: string, wanted: string) => boolean>> = {
  equals: (text, wanted) => text === wanted,
  contains: (text, wanted) => text.includes(wanted),
  'starts-with': (text, wanted) => text.startsWith(wanted),
  'ends-with': (text, wanted) => text.endsWith(wanted),
};

/** RFC 6352 §10.5.4. */
function readText(element: XmlElement, known: Collations): TextTest {
  const {
    collation = 'i;unicode-casemap',
    'match-type': type = 'contains',
    'negate-condition': negate = 'no',
  } = element.attributes;
  const fold = ownValue(known, collation === 'default' ? 'i;unicode-casemap' : collation);
  if (!fold) throw new DavError(403, xml(carddav('supported-collation')));
  const match = ownValue(matches, type);
  if (!match || !['yes', 'no'].includes(negate)) throw new DavError(400);
  const wanted = fold(textOf(element));
  return (text) => match(fold(text), wanted) !== (negate === 'yes');
}
