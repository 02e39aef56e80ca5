import { google } from './google.ts';
import type { Layout, LayoutName } from './layout.ts';
import { outlook } from './outlook.ts';
import { thunderbird } from './thunderbird.ts';
import { windowsLive } from './windowsLive.ts';
import { yahoo } from './yahoo.ts';
import { everything, zimbra } from './zimbra.ts';

/** The tables of contacts that are known; where two know the same headings, the first. */
export const layouts: Readonly<Record<LayoutName, Layout>> = {
  outlook,
  google,
  thunderbird,
  windowsLive,
  yahoo,
  zimbra,
  everything,
};
