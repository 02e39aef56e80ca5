/** Two panes on a desktop, one at a time on a phone. */
export const mailStyle = `
html, body { height: 100%; }
body { display: grid; grid-template-rows: auto minmax(0, 1fr); font-size: 0.875rem; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25rem 1rem; padding: 0.75rem 1.25rem; border-bottom: 1px solid var(--line); background: var(--pane); }
header h1 { font-size: 1rem; }
header p { flex: 1 1 14rem; font-size: 0.8125rem; }
header a { min-height: 1.5rem; }
.panes { display: grid; grid-template-columns: minmax(17rem, 24rem) minmax(0, 1fr); min-height: 0; }
nav { min-height: 0; overflow-y: auto; border-right: 1px solid var(--line); background: var(--pane); }
.filter { display: flex; flex-wrap: wrap; gap: 0.375rem; padding: 0.75rem; }
.filter a { padding: 0.25rem 0.75rem; border: 1px solid var(--line); border-radius: 999px; background: var(--surface); color: var(--text); font-size: 0.8125rem; text-decoration: none; overflow-wrap: anywhere; }
.filter a:hover { background: var(--hover); }
.filter a[aria-current] { border-color: var(--accent); background: var(--accent-tint); color: var(--accent-text); font-weight: 600; }
.mails a { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 0.75rem; padding: 0.625rem 1rem; border-top: 1px solid var(--line); color: inherit; text-decoration: none; }
.mails li:last-child a { border-bottom: 1px solid var(--line); }
.mails a:hover { background: var(--hover); }
.mails a:focus-visible { outline-offset: -2px; }
.mails a[aria-current] { background: var(--accent-tint); }
.mails span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.mails .who { font-weight: 600; }
.mails time { color: var(--muted); font-size: 0.8125rem; font-variant-numeric: tabular-nums; }
.mails .subject { grid-column: 1 / -1; white-space: normal; overflow-wrap: anywhere; }
.empty { padding: 3rem 1.5rem; text-align: center; color: var(--muted); }
.empty h2 { margin-bottom: 0.375rem; font-size: 1rem; color: var(--text); }
.reader { display: flex; flex-direction: column; min-height: 0; overflow: auto; background: var(--surface); }
.head { padding: 1rem 1.25rem 0; border-bottom: 1px solid var(--line); }
.head h2 { margin-bottom: 0.5rem; font-size: 1.125rem; }
.head dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.125rem 0.75rem; font-size: 0.8125rem; overflow-wrap: anywhere; }
.head dt { color: var(--muted); }
.tabs { display: flex; gap: 0.25rem; margin-top: 0.75rem; }
.tabs a { padding: 0.5rem 0.75rem; border-bottom: 2px solid transparent; color: var(--muted); font-weight: 600; text-decoration: none; }
.tabs a[aria-current] { border-color: var(--accent); color: var(--text); }
.close { display: none; }
iframe { flex: 1; width: 100%; min-height: 20rem; border: 0; background: transparent; }
pre { margin: 0; padding: 1.25rem; font: 0.8125rem/1.6 ui-monospace, "SF Mono", "Roboto Mono", "Liberation Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (max-width: 44rem) {
  .panes { grid-template-columns: minmax(0, 1fr); }
  nav { border-right: 0; }
  .filter a { padding: 0.5rem 0.875rem; }
  .reading nav, .panes:not(.reading) .reader { display: none; }
  /* The page scrolls, not the mail in it. */
  iframe { flex: none; height: 54rem; }
  .close { display: inline-block; margin-bottom: 0.5rem; padding: 0.375rem 0; }
}
`;
