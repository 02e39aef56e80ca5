import { isObject } from '../jscontact/json.ts';
import type { Json, JsonObject } from '../jscontact/types.ts';

/** Notes that say nothing but their text become one: many programs show only the first. */
export function joinNotes(notes: Readonly<Record<string, Json>>): JsonObject {
  const plain = Object.entries(notes).filter(([, note]) => isPlain(note));
  if (plain.length < 2) return notes;
  const text = plain.map(([, note]) => (note as { note: string }).note).join('\n\n');
  const [first] = plain[0]!;
  const gone = new Set(plain.slice(1).map(([key]) => key));
  return Object.fromEntries(
    Object.entries(notes)
      .filter(([key]) => !gone.has(key))
      .map(([key, note]) => (key === first ? [key, { ...(note as JsonObject), note: text }] : [key, note])),
  );
}

function isPlain(note: Json): boolean {
  return isObject(note) && Object.keys(note).every((name) => name === 'note' || name === '@type');
}
