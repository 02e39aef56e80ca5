import { printAuditLog } from '../core/administration/auditLog.ts';
import { checkAudit } from '../core/audit/checkAudit.ts';
import type { AuditFilter } from '../core/audit/searchAudit.ts';
import type { World } from '../core/context.ts';
import { AppError } from '../errors.ts';
import { writeAuditFile } from '../format/audit/auditFile.ts';
import { principalNamed } from './command.ts';
import type { Commands } from './command.ts';

/** The audit log. */
export const auditCommands: Commands<string | AsyncIterable<string>> = {
  'audit check': {
    usage: '',
    does: 'checks that no record of the audit log was changed or removed',
    async run(world) {
      const told = await auditReport(world);
      if (!told.isWhole) process.exitCode = 1;
      return told.text;
    },
  },
  audit: {
    usage:
      '[--since DAY] [--until DAY] [--person EMAIL] [--kind KIND] [--way WAY] [--text WORDS] [--format csv|jsonl] [--language fr|en]',
    does: 'prints the audit log, newest first',
    run: (world, words) => print(world, readOptions(words)),
  },
};

/** Whether the chain of the log is whole, as a sentence. */
async function auditReport(world: World): Promise<{ readonly isWhole: boolean; readonly text: string }> {
  const { records, head, broken } = await checkAudit(world);
  if (!broken)
    return { isWhole: true, text: `The audit log is whole: ${records} records, the last is ${head.seq} ${head.hash}.` };
  const what = { missing: 'is missing', changed: 'was changed', end: 'was cut off at the end' }[broken.what];
  return {
    isWhole: false,
    text: `The audit log is broken: record ${broken.seq} ${what}; ${records} before it are whole.`,
  };
}

const optionNames = ['since', 'until', 'person', 'kind', 'way', 'text', 'format', 'language'] as const;
type Options = Partial<Record<(typeof optionNames)[number], string>>;

function readOptions(words: readonly string[]): Options {
  const options: Options = {};
  for (let index = 0; index < words.length; index += 2) {
    const name = optionNames.find((each) => `--${each}` === words[index]);
    const value = words[index + 1];
    if (!name) throw new AppError('invalid', `There is no ${words[index]}.`);
    if (value === undefined) throw new AppError('invalid', `${words[index]} needs a word after it.`);
    options[name] = value;
  }
  return options;
}

async function print(world: World, options: Options): Promise<AsyncIterable<string>> {
  const { format = 'jsonl', language = 'en', since, until, person, kind, way, text } = options;
  if (format !== 'csv' && format !== 'jsonl') throw new AppError('invalid', '--format is csv or jsonl.');
  if (language !== 'fr' && language !== 'en') throw new AppError('invalid', '--language is fr or en.');
  const filter: AuditFilter = {
    ...(since === undefined ? {} : { after: timeOf(since) }),
    ...(until === undefined ? {} : { before: timeOf(until) }),
    ...(person === undefined ? {} : { person: (await principalNamed(world, person)).id }),
    ...(kind === undefined ? {} : { kind }),
    ...(way === undefined ? {} : { way }),
    ...(text === undefined ? {} : { text }),
  };
  return writeAuditFile(printAuditLog(world, filter, format), { format, language, separator: ',' });
}

function timeOf(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new AppError('invalid', `« ${text} » is not a day, as in 2026-11-26.`);
  return time.toISOString();
}
