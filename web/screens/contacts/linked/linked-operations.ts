import type { CardLink } from '../../../../client/src/personal.ts';
import type { ContactCard, Id } from '../../../../client/src/types.ts';
import { alignKeys } from '../../../../src/format/merging/alignKeys.ts';
import { withFieldOf } from '../../../../src/format/merging/mergeChanges.ts';
import { setStrictly } from '../../../api/jmap.ts';
import { optimistically, sync } from '../../../api/store.ts';
import { contentOf } from '../../../model/cards/card-summary.ts';
import { diffCard } from '../../../model/cards/diff-card.ts';
import { showFailure, showToast } from '../../../ui/toasts.tsx';
import { describeCardError } from '../move/card-operations.ts';
import { linkedTexts } from './linked-texts.ts';

/** Whose link it is. */
interface Linked {
  readonly ownAccountId: Id;
  readonly link: CardLink;
}

/** « Délier »; « Annuler » has the copy follow again. */
export async function unlink(linked: Linked): Promise<void> {
  const set = (isUnlinked: boolean) => changeLink(linked, { isUnlinked });
  if (!(await set(true))) return;
  showToast(linkedTexts().unlinked, {
    undo: () => void set(false),
  });
}

/** A conflict is decided for the copy: it is no conflict any more. */
export async function keepMine(linked: Linked, field: string): Promise<boolean> {
  return changeLink(linked, { conflicts: linked.link.conflicts.filter((one) => one !== field) });
}

/** A conflict is decided for the original: the copy gets its value. « Annuler » gives it back its own. */
export async function takeTheirs(linked: Linked, field: string, copy: ContactCard, source: ContactCard): Promise<void> {
  const { cardAccountId: accountId, id } = linked.link;
  const mine = contentOf(copy);
  const taken = withFieldOf(mine, field, alignKeys(contentOf(source), mine));
  const write = async (before: object, after: object) => {
    await setStrictly('ContactCard', accountId, { update: { [id]: diffCard(before as never, after as never) } });
    await sync('ContactCard', accountId);
  };
  const isDone = await told(() => write(mine, taken));
  if (!isDone || !(await keepMine(linked, field))) return;
  showToast(linkedTexts().taken, {
    undo: () => void told(() => write(taken, mine)),
  });
}

function changeLink({ ownAccountId, link }: Linked, patch: Partial<CardLink>): Promise<boolean> {
  const overlay = { update: { [link.id]: patch } };
  return told(() =>
    optimistically('CardLink', ownAccountId, overlay, () =>
      setStrictly('CardLink', ownAccountId, { update: { [link.id]: { ...patch } } }),
    ),
  );
}

/** Whether it was done; why not is shown. */
async function told(task: () => Promise<unknown>): Promise<boolean> {
  try {
    await task();
    return true;
  } catch (error) {
    showFailure(describeCardError(error));
    return false;
  }
}
