import { checkCards } from '../core/card/checkCards.ts';
import type { Commands } from './command.ts';

/** The records. */
export const cardCommands: Commands = {
  check: {
    usage: '',
    does: 'proves for every card that what is shown equals its record',
    async run(world) {
      let total = 0;
      const faults = await checkCards(world, (checked) => (total = checked));
      for (const { id, problem } of faults) process.stderr.write(`${id}: ${problem}\n`);
      if (faults.length > 0) process.exitCode = 1;
      return `${total} cards checked, ${faults.length} faults.`;
    },
  },
};
