/** Looks for new mails every two seconds while the page is seen; the focus stays where it was. */
export const refreshScript = `'use strict';
const list = document.getElementById('mails');
const news = document.getElementById('news');
const newestIn = () => list.querySelector('[data-newest]');
let known = null;

async function look() {
  if (document.visibilityState === 'visible') {
    try {
      const response = await fetch(list.dataset.list, { headers: { 'X-Requested-With': 'coterie' } });
      if (response.ok) show(await response.text());
    } catch {
      // The server is being restarted: the next look may succeed.
    }
  }
  setTimeout(look, 2000);
}

function show(html) {
  if (html === known) return;
  const isFirst = known === null;
  known = html;
  const before = newestIn()?.dataset.newest;
  const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
  list.innerHTML = html;
  if (focused !== null) list.querySelector('a[href="' + CSS.escape(focused) + '"]')?.focus();
  const newest = newestIn();
  if (newest && newest.dataset.newest !== before && !(isFirst && before === undefined)) news.textContent = newest.dataset.news;
}

look();
`;
