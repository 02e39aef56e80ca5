import type { VCardLine } from '../../vcard/types.ts';
import type { Json, JsonObject } from '../types.ts';

/**
 * How one vCard property and one place of the Card say the same (RFC 9555 §2).
 *
 * The shape tells what a line gives: the whole `value` at the path, `part` of the object there, an `entry` of
 * the map there (keyed by PROP-ID), the `keys` of the map there, or the whole `set` of several lines.
 */
export type Row = {
  readonly property: string;
  readonly path: string;
  readonly shape: 'value' | 'part' | 'entry' | 'keys' | 'set';
  /** Parameters that the row understands; the others go to vCardParams. */
  readonly params: readonly string[];
  /** TYPE values that the row understands; the others stay on the line and are not seen. */
  readonly types: ReadonlySet<string> | 'all';
  /** Whether ALTID and LANGUAGE make alternatives of lines of this property. */
  readonly localizable?: boolean;
  /** Whether the object may have a label, written as a grouped X-ABLabel. */
  readonly labelled?: boolean;
  /** Lines with the same mark belong to one entry; a joining line adds to an entry that another line makes. */
  readonly mark?: (line: VCardLine) => string;
  readonly joins?: boolean;
  /** What the line says; no values when it is empty; undefined when JSContact has no word for it. */
  readonly read: (line: VCardLine) => readonly Json[] | undefined;
  /** The 4.0 lines for a value; none when it is not for this property. */
  readonly write: (value: Json, key: string) => VCardLine[];
  /** For lines with PHONETIC: the phonetic properties they add to what the main line says. */
  readonly readPhonetic?: (line: VCardLine, main: VCardLine) => PhoneticReading;
};

/** What a PHONETIC line says about the components of its main line. */
export type PhoneticReading = { readonly properties: JsonObject; readonly phonetics: readonly (string | undefined)[] };
