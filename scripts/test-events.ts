import type { TestEvent } from 'node:test/reporters';
import { inspect } from 'node:util';

/** What a test file tells of itself while it runs: one line of JSON for each. */
export type TestLine =
  | { readonly kind: 'test'; readonly name: string; readonly failure: string | null }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'end' };

/** node:test loads this file as the reporter of each test file's own process; Node wants a default export. */
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    const line = lineOf(event);
    if (line) yield `${JSON.stringify(line)}\n`;
  }
}

function lineOf(event: TestEvent): TestLine | null {
  if (event.type === 'test:summary') return { kind: 'end' };
  // Errors thrown after a test has ended come only as such a remark.
  if (event.type === 'test:diagnostic' && /^(Error|Warning):/.test(event.data.message))
    return { kind: 'note', text: event.data.message };
  if (event.type !== 'test:pass' && event.type !== 'test:fail') return null;
  const failure = event.type === 'test:fail' ? failureOf(event.data.details.error) : unfinished(event.data);
  // A suite only groups tests; it counts when it fails by itself, for instance in a hook.
  if (event.data.details.type === 'suite' && (failure === null || failure === subtestsFailed)) return null;
  return { kind: 'test', name: event.data.name, failure };
}

/** Why a test that calls itself passed counts as failed here: a promise nobody checks is no test. */
function unfinished(data: { skip?: string | boolean; todo?: string | boolean }): string | null {
  if (data.skip !== undefined && data.skip !== false) return 'This test was skipped; skipped tests count as failed.';
  if (data.todo !== undefined && data.todo !== false) return 'This test is marked todo; such tests count as failed.';
  return null;
}

const subtestsFailed = 'A test inside this one failed.';

function failureOf(error: Error & { failureType?: string }): string {
  if (error.failureType === 'subtestsFailed') return subtestsFailed;
  return inspect(error.cause instanceof Error ? error.cause : (error.cause ?? error), { depth: 6 });
}
