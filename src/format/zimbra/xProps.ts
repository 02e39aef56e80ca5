import { isObject, isStrings } from '../../lib/json.ts';
import type { Json } from '../../lib/json.ts';
import type { JCardProp } from '../jscontact/types.ts';

const mostLines = 200;

/** The lines of a vCard that Zimbra did not understand and kept as JSON (`vcardXProps`). */
export function linesOfXProps(text: string): JCardProp[] {
  const all = parsed(text);
  if (!isObject(all)) return [];
  const lines = Object.entries(all).flatMap(([name, value]): JCardProp[] =>
    // A label of Apple's has lost its group on the way.
    /^x-[a-z0-9-]{1,60}$/iu.test(name) && name.toLowerCase() !== 'x-ablabel'
      ? valuesOf(value).map((each): JCardProp => [name.toLowerCase(), {}, 'unknown', each])
      : [],
  );
  return lines.slice(0, mostLines);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A text; or several (ZMVAL); or several with parameters (ZMPROP), of which the values are kept. */
function valuesOf(value: Json): readonly string[] {
  const inside = typeof value === 'string' && value.startsWith('{"ZM') ? parsed(value) : value;
  if (typeof inside === 'string') return [inside];
  if (!isObject(inside)) return [];
  const { ZMVAL: values, ZMPROP: props } = inside;
  if (isStrings(values)) return values;
  return (Array.isArray(props) ? props : []).flatMap((prop) =>
    isObject(prop) && typeof prop['ZMVAL'] === 'string' ? [prop['ZMVAL']] : [],
  );
}
