import type { FrameLocator, Page } from 'playwright-core';

/** The newest mail to somebody, opened on the page of the demonstration with a given part of its subject. */
export async function openNewestMail(page: Page, address: string, subject: string): Promise<FrameLocator> {
  await page.getByRole('group').getByRole('link', { name: address, exact: true }).click();
  await page.waitForURL(/[?&]to=/u);
  await page.getByRole('listitem').getByRole('link').filter({ hasText: subject }).first().click();
  await page.getByRole('heading', { level: 2, name: subject }).waitFor();
  return page.frameLocator('iframe');
}
