/** What is open above the page, the newest last: how each is closed. */
let layers: readonly (() => void)[] = [];

/** How many layers the present step of the history has above its page; those that were closed otherwise count, too. */
export function depth(): number {
  const state = history.state as { readonly layers?: number } | null;
  return state?.layers ?? 0;
}

let depthBefore = depth();

/** To be told after each change of the history that is not a step back. */
export function rememberDepth(): void {
  depthBefore = depth();
}

/**
 * Gives a dialog a step of the history at the address of the page below it: the button “back”, which on a telephone is how things are
 * put away, closes it, and neither leaves the page nor loses what was typed elsewhere. Answers how to take it off again.
 */
export function addLayer(close: () => void): () => void {
  layers = [...layers, close];
  if (depth() < layers.length) history.pushState({ layers: depth() + 1 }, '');
  rememberDepth();
  // Its step stays, as going back takes time in which others may be added: see takeBackStep() and navigate().
  return () => void (layers = layers.filter((other) => other !== close));
}

/** Uses a step back to close what is open, or goes on when the step was that of something already closed; false: it is the page's. */
export function takeBackStep(): boolean {
  const wasAbove = depthBefore;
  rememberDepth();
  if (depth() >= wasAbove) return false;
  const closed = layers.slice(depth());
  for (const close of closed.toReversed()) close();
  if (closed.length === 0) history.back();
  return true;
}
