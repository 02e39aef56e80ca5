/** A row of a list that held the focus last: where it was, and the dialog or page around it. */
interface Place {
  readonly focused: Element;
  readonly row: Element;
  readonly list: Element;
  readonly index: number;
  readonly around: HTMLElement;
}

let place: Place | undefined;

/**
 * When a row is put away by its own button, gives the focus to the row that takes its place, or to what is around the list
 * when none is left (WCAG 2.4.3). Otherwise it would fall to the page, where keys reach nothing: a dialog could not be closed
 * by Escape any more. Answers how to stop.
 */
export function keepFocusAfterRemoval(): () => void {
  const observer = new MutationObserver(giveOn);
  const watch = ({ target }: FocusEvent) => {
    observer.disconnect();
    place = placeOf(target);
    if (place) observer.observe(place.around, { childList: true, subtree: true });
  };
  const leave = ({ target }: PointerEvent) => {
    if (place && target instanceof Node && !place.list.contains(target)) place = undefined;
  };
  document.addEventListener('focusin', watch);
  document.addEventListener('pointerdown', leave, true);
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', watch);
    document.removeEventListener('pointerdown', leave, true);
  };
}

function placeOf(target: EventTarget | null): Place | undefined {
  if (!(target instanceof Element)) return undefined;
  const row = target.closest('li');
  const list = row?.parentElement;
  const around = list?.closest<HTMLElement>('[role="dialog"], [role="alertdialog"], main');
  return list && around ? { focused: target, row, list, index: [...list.children].indexOf(row), around } : undefined;
}

function giveOn(): void {
  if (!place || place.focused.isConnected || document.activeElement !== document.body) return;
  const { row, list, index, around } = place;
  const next = row.isConnected ? row : list.children[Math.min(index, list.children.length - 1)];
  const heir = list.isConnected ? next?.querySelector<HTMLElement>('a[href], input, button:not(:disabled)') : undefined;
  (heir ?? around).focus();
}
