import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const programs = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the Chromium of this machine, without a window; `more`: flags that only this one has. */
export function startBrowser(more: readonly string[] = []): Promise<Browser> {
  const program = programs.find((path) => existsSync(path));
  if (program === undefined) {
    throw new Error(
      `These tests use the web app in a real browser, and there is none at ${programs.join(', ')}: on Debian and Ubuntu, apt-get install chromium.`,
    );
  }
  return chromium.launch({ executablePath: program, args: [...flags, ...more] });
}
