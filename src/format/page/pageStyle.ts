/** The colours, type and buttons of the app, for the pages that the server draws. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --sunken: light-dark(#eeedea, #121417);
  --pane: light-dark(#f7f6f4, #181b1f);
  --surface: light-dark(#fff, #1e2226);
  --hover: light-dark(#f0efec, #2a2f35);
  --text: light-dark(#1c2124, #eceae6);
  --muted: light-dark(#5a6268, #a9b0b6);
  --line: light-dark(#e3e1dc, #30363c);
  --line-strong: light-dark(#858b8f, #78818a);
  --accent: light-dark(#0f6674, #66c5cf);
  --accent-hover: light-dark(#0b5561, #82d3db);
  --accent-text: light-dark(#0d5d6a, #79ced7);
  --accent-tint: light-dark(#e1f0f2, #1c3439);
  --on-accent: light-dark(#fff, #0b2429);
  --focus: light-dark(#0f6674, #8fdce4);
}
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--sunken);
  color: var(--text);
  font: 0.9375rem/1.5 "Inter Variable", Inter, ui-sans-serif, system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif;
  -webkit-font-smoothing: antialiased;
  -webkit-text-size-adjust: 100%;
}
h1, h2, p, ul, dl, dd { margin: 0; padding: 0; }
h1, h2 { line-height: 1.25; letter-spacing: -0.01em; font-weight: 600; overflow-wrap: anywhere; }
ul { list-style: none; }
a { color: var(--accent-text); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.muted { color: var(--muted); }
.button {
  display: inline-flex; align-items: center; justify-content: center; min-height: 2.75rem; padding: 0.5rem 1.125rem;
  border: 1px solid var(--line-strong); border-radius: 7px; color: var(--text); font-weight: 600; text-decoration: none;
}
.button:hover { background: var(--hover); }
.button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.button.primary:hover { background: var(--accent-hover); border-color: var(--accent-hover); }
`;
