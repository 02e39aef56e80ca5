import type { Workload } from '../kit/stage.ts';

const typed: readonly string[] = ['e', 'el', 'elo', 'élodie', 'élodie ba', 'ba', 'bala', 'ba el', 'demo', 'xyzzy'];

/** The sharing dialog, key by key, over a directory of the same size as the account. */
export const completion: Workload = {
  name: 'completion',
  when: 'each size',
  async run(stage) {
    const accountId = stage.owner.id;
    for (const text of typed) {
      const args = { accountId, text, limit: 20 };
      await stage.compare(`« ${text} »`, stage.jmap(['Suggestion/query', args, 's']));
    }
  },
};
