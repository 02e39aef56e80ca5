import { readFile } from 'node:fs/promises';

/** What stands in an example, and what stands there in the test. */
export type Changes = readonly (readonly [inExample: string, inTest: string])[];

/** The text of an example of `packaging/ha` with the values of the test; each that is replaced must be there. */
export async function fillExample(name: string, changes: Changes): Promise<string> {
  let text = await readFile(new URL(`../../../packaging/ha/${name}`, import.meta.url), 'utf8');
  for (const [inExample, inTest] of changes) {
    if (!text.includes(inExample)) throw new Error(`packaging/ha/${name} does not say ${inExample}`);
    text = text.replaceAll(inExample, () => inTest);
  }
  return text;
}
