import type { FrameLocator, Page } from 'playwright-core';
import { until } from './screen.ts';

/**
 * The newest mail to somebody, opened on the page of the demonstration with a given part of its subject. A mail is on its way for a moment:
 * where one with the same subject came before, `says` is what only the new one says.
 */
export async function openNewestMail(page: Page, address: string, subject: string, says = ''): Promise<FrameLocator> {
  await page.getByRole('group').getByRole('link', { name: address, exact: true }).click();
  await page.waitForURL(/[?&]to=/u);
  const mail = page.frameLocator('iframe');
  // The list renews itself; the mail that is open stays.
  await until(`a mail about “${subject}” that says “${says}”`, async () => {
    await page.getByRole('listitem').getByRole('link').filter({ hasText: subject }).first().click();
    await page.getByRole('heading', { level: 2, name: subject }).waitFor();
    return (await mail.locator('body').innerText()).includes(says);
  });
  return mail;
}
