/** Pixels of one rem. Read before anything is drawn: later the browser would have to lay the page out for the answer. */
export const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
