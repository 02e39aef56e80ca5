/** Where the focus was last: its place among its neighbours, and that of each element around it. */
interface Place {
  readonly focused: Element;
  /** From the inside out, up to the list, form or dialog. */
  readonly steps: readonly { readonly parent: Element; readonly index: number }[];
  readonly whole: Element;
  /** The dialog or page around it. */
  readonly around: HTMLElement;
}

const dialogs = '[role="dialog"], [role="alertdialog"]';
const forms = `form, [role="search"], ${dialogs}`;
const focusable = ':is(a[href], input, textarea, button):not(:disabled)';

/** The last is where the focus is; those before lie below its dialog. */
let places: readonly Place[] = [];

/**
 * When a row of a list, a form or a dialog is put away by its own button, gives the focus to what takes its place, else to
 * its nearest neighbour, or to what is around it when nothing is left (WCAG 2.4.3). Otherwise it would fall to the page,
 * where keys reach nothing: a dialog could not be closed by Escape any more. Answers how to stop.
 */
export function keepFocusAfterRemoval(): () => void {
  const observer = new MutationObserver(giveOn);
  const watch = ({ target }: FocusEvent) => {
    observer.disconnect();
    const around = target instanceof Element ? target.closest(`${dialogs}, main`) : null;
    const place = placeOf(target);
    places = [
      ...places.filter((other) => other.around.isConnected && other.around !== around),
      ...(place ? [place] : []),
    ];
    if (place) observer.observe(place.around, { childList: true, subtree: true });
  };
  const leave = ({ target }: PointerEvent) => {
    const place = places.at(-1);
    if (!place || !(target instanceof Node) || place.whole.contains(target)) return;
    // Menus and lists that a dialog opens lie outside of it.
    if (place.around.localName === 'main' || place.around.contains(target)) places = places.slice(0, -1);
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
  const whole = target.closest(forms) ?? target.closest('li')?.parentElement;
  const around = whole?.closest<HTMLElement>(`${dialogs}, main`);
  if (!whole || !around) return undefined;
  const steps: { parent: Element; index: number }[] = [];
  for (let element = target; element !== whole; element = element.parentElement!)
    steps.push({ parent: element.parentElement!, index: [...element.parentElement!.children].indexOf(element) });
  return { focused: target, steps, whole, around };
}

/** After a dialog has gone, and with it perhaps the row that it was about: back to where the focus was below it. */
export function returnFocus(): boolean {
  places = places.filter(({ around }) => around.isConnected);
  const place = places.at(-1);
  if (place?.focused instanceof HTMLElement && place.focused.isConnected) place.focused.focus();
  else giveOn();
  return document.activeElement !== document.body;
}

function giveOn(): void {
  const place = places.at(-1);
  if (!place || place.focused.isConnected || document.activeElement !== document.body) return;
  for (const { parent, index } of place.steps) {
    if (!parent.isConnected) continue;
    const children = [...parent.children];
    const heir = firstFocusable([...children.slice(index), ...children.slice(0, index).reverse()]);
    if (heir) return heir.focus();
  }
  // A form that has gone as a whole was saved or given up: the screen knows what comes next.
  if (place.whole.isConnected || !place.whole.matches(forms)) place.around.focus();
}

function firstFocusable(elements: readonly Element[]): HTMLElement | undefined {
  const all = elements.flatMap((element) => [element, ...element.querySelectorAll<HTMLElement>(focusable)]);
  return all.find((one): one is HTMLElement => one.matches(focusable) && one.checkVisibility());
}
