import { rightsWhere } from '../../sharing/rights.ts';
import type { Rights } from '../../sharing/rights.ts';

/** The rights here for the rights in Zimbra, and whether they are the same. */
export type RightsTaken = { readonly rights: Rights; readonly isExact: boolean };

/**
 * What Zimbra's letters mean here: never more than there. Writing here means changing, adding and deleting (w, i and d
 * together); whoever may only add there becomes a contributor, who may also change what they added themselves. x, p and
 * f have no meaning for contacts.
 */
export function rightsOfLetters(letters: string): RightsTaken {
  const has = (letter: string) => letters.includes(letter);
  const mayWrite = has('w') && has('i') && has('d');
  const rights = rightsWhere((name) => {
    if (!has('r')) return false;
    if (name === 'mayRead') return true;
    if (name === 'mayWrite') return mayWrite;
    if (name === 'mayAdd') return has('i');
    return name === 'mayShare' && has('a');
  });
  return { rights, isExact: has('r') ? mayWrite || !['w', 'i', 'd'].some(has) : letters === '' };
}
