import { appendFile, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { maxBlobSize } from '../core/blob/putBlob.ts';
import type { World } from '../core/context.ts';
import { AppError } from '../errors.ts';
import { createThrottle } from '../lib/throttle.ts';
import { ZimbraError } from '../lib/zimbra/zimbraError.ts';
import { createZimbraAdministrator, createZimbraServer, zimbraPatience } from '../zimbra/zimbraServer.ts';
import { needed, principalNamed, table } from './command.ts';
import type { Commands } from './command.ts';
import { moveIn, previewOf } from './moveIn.ts';
import type { Outcome, Wish } from './moveIn.ts';
import { readArchiveFile } from './readArchiveFile.ts';
import { readSecret } from './readSecret.ts';

/** Whole accounts from Zimbra. */
export const zimbraCommands: Commands = {
  'import zimbra': {
    usage: '--archive FILE --for PERSON | --from URL --user NAME | --from URL --admin NAME --users FILE',
    does: 'imports accounts from Zimbra: docs/operation/zimbra.md',
    run: (world, words) => run(world, words),
  },
};

const options = {
  archive: { type: 'string' },
  for: { type: 'string' },
  from: { type: 'string' },
  user: { type: 'string' },
  admin: { type: 'string' },
  'admin-url': { type: 'string' },
  users: { type: 'string' },
  shares: { type: 'boolean', default: false },
  trash: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  report: { type: 'string' },
} as const;

type Options = ReturnType<typeof read>;

function read(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new AppError('invalid', (error as Error).message);
  }
}

/** An account, and who it is here. */
type Account = { readonly name: string; readonly person: string; fetch(): Promise<Uint8Array<ArrayBuffer>> };

async function run(world: World, words: readonly string[]): Promise<string> {
  const chosen = read(words);
  // Mails are sent by the server alone: here people are told in the app.
  const choices = { shares: chosen.shares ? 'quiet' : 'none', withTrash: chosen.trash } as const;
  const wish: Wish = { choices, isDry: chosen['dry-run'] };
  const accounts = await accountsOf(world, chosen);
  const done = await finishedIn(chosen.report, wish);
  const lines: string[][] = [];
  for (const account of accounts) {
    if (done.has(account.name)) {
      lines.push([account.name, 'done before']);
      continue;
    }
    const outcome = await moveOne(world, account, wish);
    if (chosen.report !== undefined)
      await appendFile(
        chosen.report,
        `${JSON.stringify({ account: account.name, person: account.person, ...outcome })}\n`,
      );
    if (outcome.state !== 'done' && outcome.state !== 'dry run') process.exitCode = 1;
    const problems = outcome.problems.map((problem) => ['', problem.reason, problem.text, problem.detail ?? '']);
    lines.push([account.name, outcome.state, outcome.told], ...(accounts.length === 1 ? problems : []));
  }
  return lines.length === 0 ? 'Nobody.' : table(lines);
}

async function moveOne(world: World, account: Account, wish: Wish): Promise<Outcome> {
  try {
    const { id } = await principalNamed(world, account.person);
    const source = { personId: id, name: account.name, data: await account.fetch() };
    return await (wish.isDry ? previewOf(world, source, wish) : moveIn(world, source, wish));
  } catch (error) {
    // One account that fails keeps no other from coming.
    if (error instanceof ZimbraError) return { state: error.problem, told: '', problems: [] };
    if (error instanceof AppError)
      return { state: String(error.details.reason ?? error.kind), told: error.message, problems: [] };
    throw error;
  }
}

async function accountsOf(world: World, chosen: Options): Promise<Account[]> {
  const { archive, from, user, admin, users } = chosen;
  if (archive !== undefined)
    return [{ name: basename(archive), person: needed(chosen.for), fetch: () => readArchiveFile(archive) }];
  const url = originOf(needed(from));
  if (admin !== undefined) {
    const password = await readSecret(`Password of ${admin}: `);
    const adminUrl = originOf(chosen['admin-url'] ?? `${url}:7071`);
    const zimbra = await createZimbraAdministrator({ url, adminUrl, username: admin, password, most: maxBlobSize });
    return (await peopleIn(needed(users))).map(([name, person]) => ({
      name,
      person,
      fetch: () => zimbra.fetchAccount(name),
    }));
  }
  const name = needed(user);
  const password = await readSecret(`Password of ${name}: `);
  const zimbra = createZimbraServer({
    url,
    refusals: createThrottle(zimbraPatience, world.now),
    most: maxBlobSize,
  });
  const fetch = () => zimbra.fetchAccount({ username: name, password }, name);
  return [{ name, person: chosen.for ?? name, fetch }];
}

function originOf(value: string): string {
  const url = URL.parse(value);
  const isLocal = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost';
  if (url && (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal))) return url.origin;
  throw new AppError('invalid', `${value} is no address that begins with https://`);
}

/** A line each: the account there, and the person here where they are called otherwise. */
async function peopleIn(file: string): Promise<(readonly [name: string, person: string])[]> {
  const lines = (await readFile(file, 'utf8')).split(/\r?\n/u).map((line) => line.trim());
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [name = '', person = name] = line.split(/[\s,;]+/u);
      return [name, person];
    });
}

/** Accounts that an earlier call with the same report has finished. */
async function finishedIn(report: string | undefined, { isDry }: Wish): Promise<Set<string>> {
  if (report === undefined || isDry) return new Set();
  const text = await readFile(report, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const rows = text.split('\n').filter((line) => line.startsWith('{'));
  const said = rows.map((line) => JSON.parse(line) as { account: string; state: string });
  return new Set(said.filter(({ state }) => state === 'done').map(({ account }) => account));
}
