let region: HTMLElement | undefined;

function liveRegion(): HTMLElement {
  if (region?.isConnected) return region;
  region = document.createElement('div');
  region.className = 'visually-hidden';
  region.setAttribute('role', 'status');
  region.setAttribute('aria-live', 'polite');
  // An open dialog hides everything else from screen readers; React Aria leaves what is marked so.
  region.dataset['liveAnnouncer'] = 'true';
  document.body.append(region);
  return region;
}

/** Tells screen readers what happened, politely, without showing anything. */
export function announce(text: string): void {
  const live = liveRegion();
  live.textContent = '';
  // The same sentence twice is only read again when the region was empty for a moment.
  setTimeout(() => {
    live.textContent = text;
  }, 50);
}
