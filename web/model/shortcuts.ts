const storageKey = 'coterie.shortcuts';

/** Whether single keys are shortcuts; speech input and unsteady hands need to turn them off (WCAG 2.1.4). */
export function areShortcutsOn(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

/** Turns the single-key shortcuts of this browser on or off. */
export function turnShortcuts(on: boolean): void {
  if (on) localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, 'off');
}

/** Whether something holds a text that is being written: it undoes by itself. */
export function isText(target: EventTarget | null): boolean {
  const field = target instanceof Element ? target.closest('input, textarea, [contenteditable]') : null;
  return (
    field !== null && !(field instanceof HTMLInputElement && /^(?:checkbox|radio|button|range)$/u.test(field.type))
  );
}

/** An open dialog makes the page behind it inert. */
export function isBehindDialog(): boolean {
  const root = document.getElementById('root');
  return root !== null && (root.inert || root.getAttribute('aria-hidden') === 'true');
}

/** Whether a key is part of a text, or of a choice that is open. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable], [role="menu"], [role="listbox"]') !== null
  );
}
