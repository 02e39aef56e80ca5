import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startBrowser } from './browser.ts';
import { createScreen, patience, type Screen } from './screen.ts';
import { createDataFolder, startServer } from './server.ts';

/** A demonstration of its own, and a browser in which several people can be signed in at once. */
export type Stage = {
  readonly url: string;
  /** A person's own browser session, on the sign-in page. */
  readonly open: (options?: BrowserContextOptions) => Promise<Screen>;
  /** Signs a person of the demonstration in, as the sign-in page offers them: « Ada Démo ». */
  readonly enter: (person: string, options?: BrowserContextOptions) => Promise<Screen>;
  /** Fails when a page has thrown or complained. */
  readonly expectNoProblems: () => void;
  readonly stop: () => Promise<void>;
};

const desktop = { width: 1280, height: 800 };

/** Opens the demonstration; `options` hold for every session, `settings` for the server. */
export async function startStage(
  options: BrowserContextOptions = {},
  settings: Readonly<Record<string, string>> = {},
): Promise<Stage> {
  const data = await createDataFolder();
  const [browser, server] = await Promise.all([startBrowser(), startServer(data.path, settings)]);
  const problems: string[] = [];
  const open = async (own: BrowserContextOptions = {}) => {
    const page = await openPage(browser, { ...options, ...own });
    watch(page, problems);
    await page.goto(server.url);
    return createScreen(page);
  };
  return {
    url: server.url,
    open,
    enter: async (person, own) => {
      const screen = await open(own);
      await screen.signIn(person);
      return screen;
    },
    expectNoProblems: () => assert.deepEqual(problems, []),
    stop: async () => {
      await browser.close();
      await server.stop();
      await data.remove();
    },
  };
}

/** A session with the settings that all tests share. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    viewport: desktop,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  context.setDefaultTimeout(patience);
  // The first page of a cold machine.
  context.setDefaultNavigationTimeout(60_000);
  return context.newPage();
}

/** Errors of the page's own; that the server refuses something is part of several tests. */
function watch(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      problems.push(message.text());
  });
}
