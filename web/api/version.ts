/** Whether the server has another build of the app by now than the one that this page is of: its files are gone then. */
let isOld = false;
const holders = new Set<() => boolean>();

/** Asks the server once more; what cannot be found out is not so. */
export async function isOutdated(): Promise<boolean> {
  if (isOld) return true;
  const own = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
  try {
    const reply = await fetch('/files.json', { cache: 'no-cache' });
    const { files } = (await reply.json()) as { readonly files: readonly string[] };
    isOld = own !== null && !files.includes(new URL(own.src).pathname);
  } catch {
    // Without a connection, or without a build: it is asked again.
  }
  return isOld;
}

/** Tells of something that a reload would take away, as long as the function says so. */
export function holdReload(isUnsaved: () => boolean): () => void {
  holders.add(isUnsaved);
  return () => holders.delete(isUnsaved);
}

/**
 * Whether going elsewhere had better load the page anew: there is a newer one, and nothing is open that would be lost. What
 * one would come back to is the same.
 */
export function wantsReload(): boolean {
  return isOld && ![...holders].some((isUnsaved) => isUnsaved());
}

const storageKey = 'coterie.reloadedAt';
const pause = 60_000;

/** Loads the page anew by itself, but not again and again where that does not help. */
export function reloadOnce(): boolean {
  try {
    if (Date.now() - Number(sessionStorage.getItem(storageKey) ?? 0) < pause) return false;
    sessionStorage.setItem(storageKey, String(Date.now()));
  } catch {
    return false;
  }
  location.reload();
  return true;
}
