import { foldText } from '../../lib/fold.ts';

/** A name as people and groups are sorted by it: Élodie stands among the E, however it is written. */
export function principalNameKey(name: string): string {
  return foldText(name);
}
