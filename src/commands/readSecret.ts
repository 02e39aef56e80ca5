import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { AppError } from '../errors.ts';

/**
 * A password: from the environment, else the first line of the standard input, else typed at the terminal without being
 * shown. Never a word of the command, which everybody on the machine can read.
 */
export async function readSecret(question: string): Promise<string> {
  const given = process.env['ZIMBRA_PASSWORD'];
  if (given !== undefined && given !== '') return given;
  const { stdin, stderr } = process;
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const isTerminal = stdin.isTTY === true;
  if (isTerminal) stderr.write(question);
  const lines = createInterface({ input: stdin, output: silent, terminal: isTerminal });
  try {
    for await (const line of lines) {
      if (isTerminal) stderr.write('\n');
      return line;
    }
  } finally {
    lines.close();
  }
  throw new AppError('invalid', 'A password is missing: on the standard input, or in ZIMBRA_PASSWORD.');
}
