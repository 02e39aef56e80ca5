const font = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const ink = '#1c2124';
const muted = '#5a6268';
const line = '#e3e1dc';

/** What mail programs keep on the elements themselves; webmails read nothing else. */
export const letterStyle = {
  body: 'margin:0;padding:0;background:#f3f2ef;-webkit-text-size-adjust:100%;',
  page: 'width:100%;background:#f3f2ef;',
  around: 'padding:24px 12px;',
  frame: 'width:100%;max-width:560px;margin:0 auto;border-collapse:separate;',
  card: `padding:32px;background:#ffffff;border:1px solid ${line};border-radius:12px;font-family:${font};font-size:15px;line-height:1.5;color:${ink};`,
  title: `margin:0 0 16px;font-size:20px;line-height:1.3;font-weight:600;color:${ink};overflow-wrap:anywhere;`,
  paragraph: `margin:0 0 16px;color:${ink};overflow-wrap:anywhere;`,
  table: `width:100%;margin:8px 0 24px;border-collapse:collapse;font-family:${font};font-size:14px;line-height:1.45;`,
  label: `width:34%;padding:9px 12px 9px 0;border-top:1px solid ${line};text-align:left;vertical-align:top;font-weight:400;color:${muted};`,
  value: `padding:9px 0;border-top:1px solid ${line};vertical-align:top;color:${ink};overflow-wrap:anywhere;word-break:break-word;`,
  mark: 'font-weight:600;color:#7d4e00;white-space:nowrap;',
  noteTitle: `margin:0 0 6px;font-size:13px;color:${muted};`,
  note: `margin:0 0 24px;padding:12px 16px;background:#f7f6f4;border-left:3px solid #0f6674;border-radius:4px;color:${ink};overflow-wrap:anywhere;`,
  buttons: 'margin:0 0 8px;overflow:hidden;',
  buttonFrame: 'margin:0 8px 10px 0;border-collapse:separate;',
  button: 'border:1px solid;border-radius:7px;',
  primary: 'background:#0f6674;border-color:#0f6674;',
  secondary: 'background:#ffffff;border-color:#858b8f;',
  link: `display:inline-block;padding:11px 20px;font-family:${font};font-size:15px;line-height:1.35;font-weight:600;text-decoration:none;`,
  primaryText: 'color:#ffffff;',
  secondaryText: `color:${ink};`,
  hint: `margin:0;clear:both;font-size:13px;color:${muted};`,
  footer: `padding:16px 8px 0;font-family:${font};font-size:12px;line-height:1.5;color:${muted};text-align:center;overflow-wrap:anywhere;`,
  stop: `color:${muted};text-decoration:underline;`,
} as const;

/** For those that read a sheet, too: dark mode, and phones. */
export const letterSheet = `
    :root { color-scheme: light dark; }
    @media (prefers-color-scheme: dark) {
      .page { background: #121417 !important; }
      .card { background: #1e2226 !important; border-color: #30363c !important; }
      .ink { color: #eceae6 !important; }
      .muted { color: #a9b0b6 !important; }
      .line { border-color: #30363c !important; }
      .note { background: #262b30 !important; border-color: #66c5cf !important; }
      .mark { color: #f2c069 !important; }
      .primary { background: #66c5cf !important; border-color: #66c5cf !important; }
      .primary-text { color: #0b2429 !important; }
      .secondary { background: transparent !important; border-color: #78818a !important; }
      .secondary-text { color: #eceae6 !important; }
    }
    @media (max-width: 480px) {
      .card { padding: 24px 20px !important; }
      .button { width: 100% !important; margin-right: 0 !important; }
      .primary-text, .secondary-text { display: block !important; }
    }`;
