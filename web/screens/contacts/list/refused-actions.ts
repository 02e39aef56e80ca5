import type { Messages } from '../../../locales/messages.ts';
import { mostMerged } from '../../duplicates/open-merge.tsx';

/** Why something cannot be done with the contacts that are chosen; null: it can. */
export type RefusedActions = Readonly<Record<'choose' | 'change' | 'edit' | 'mail' | 'merge', string | null>>;

interface Chosen {
  readonly count: number;
  readonly mayWrite: boolean;
  readonly mayMail: boolean;
}

/** The reasons, in the words of the menu. */
export function refusedActions(
  { count, mayWrite, mayMail }: Chosen,
  words: Messages['contacts']['actions']['refused'],
): RefusedActions {
  const choose = count === 0 ? words.nothing : null;
  const change = choose ?? (mayWrite ? null : words.readOnly(count));
  const tooFew = count < 2 ? words.atLeastTwo : null;
  return {
    choose,
    change,
    edit: change ?? (count > 1 ? words.oneOnly : null),
    mail: choose ?? (mayMail ? null : words.noAddress),
    merge: change ?? tooFew ?? (count > mostMerged ? words.atMost(mostMerged) : null),
  };
}
