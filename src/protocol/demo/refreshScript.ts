/** Looks for new mails every two seconds while the page is seen; the focus stays where it was. */
export const refreshScript = `'use strict';
const list = document.getElementById('mails');
const news = document.getElementById('news');

async function look() {
  if (document.visibilityState === 'visible') {
    try {
      const url = new URL(list.dataset.list, location.href);
      url.searchParams.set('known', list.dataset.newest);
      const response = await fetch(url);
      if (response.status === 200) show(await response.text(), response.headers.get('X-Newest'));
    } catch {
      // The server is being restarted: the next look may succeed.
    }
  }
  setTimeout(look, 2000);
}

function show(html, newest) {
  const before = list.querySelector('.mails a')?.getAttribute('href');
  const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
  list.innerHTML = html;
  list.dataset.newest = newest;
  if (focused !== null) list.querySelector('a[href="' + CSS.escape(focused) + '"]')?.focus();
  const first = list.querySelector('.mails a');
  if (first && first.getAttribute('href') !== before) news.textContent = list.querySelector('[data-news]').dataset.news;
}

setTimeout(look, 1000);
`;
