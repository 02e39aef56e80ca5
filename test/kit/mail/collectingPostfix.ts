import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../daemon.ts';
import { startPostfix } from './postfix.ts';
import type { Postfix } from './postfix.ts';

/** A Postfix that is set up as docs/operation/collecting.md says, line by line, and where people submit their mail. */
export type CollectingPostfix = { readonly postfix: Postfix; readonly submissionPort: number };

const manual = readFileSync(new URL('../../../docs/operation/collecting.md', import.meta.url), 'utf8');

/** The lines that stand in the manual under this name. */
export function linesOf(name: string): string {
  const found = manual.split(/^```/mu).find((block) => block.slice(0, block.indexOf('\n')).endsWith(` ${name}`));
  if (found === undefined) throw new Error(`The manual has no lines for ${name}`);
  return found.slice(found.indexOf('\n') + 1);
}

/** Starts one that tells this port of Coterie's; `blind`: with the lines for blind copies; `mailboxPort`: mailboxes by LMTP. */
export async function startCollectingPostfix(
  lmtpPort: number,
  { blind = false, mailboxPort }: { readonly blind?: boolean; readonly mailboxPort?: number } = {},
): Promise<CollectingPostfix> {
  const submissionPort = await freePort();
  const copies = join(mkdtempSync(join(tmpdir(), 'coterie-copies-')), 'coterie-copies');
  writeFileSync(copies, linesOf('coterie-copies'));
  let services = linesOf('master.cf').replace(/^submission inet/mu, `127.0.0.1:${submissionPort} inet`);
  if (blind)
    services = services.replace(
      /^.*always_bcc.*\n/mu,
      linesOf('master.cf blind').replace('/etc/postfix/coterie-copies', copies),
    );
  const settings = Object.fromEntries(
    linesOf('main.cf')
      .trim()
      .split('\n')
      .map((line) => line.replace(':2424', `:${lmtpPort}`).split(/ = (.*)/su)),
  ) as Record<string, string>;
  return {
    postfix: await startPostfix({
      services,
      settings,
      ...(mailboxPort === undefined ? {} : { lmtpPort: mailboxPort }),
    }),
    submissionPort,
  };
}
