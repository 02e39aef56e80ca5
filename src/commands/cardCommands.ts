import { checkCards } from '../core/card/checkCards.ts';
import { eraseVersions } from '../core/history/eraseHistory.ts';
import { AppError } from '../errors.ts';
import { auditReport } from './auditCommands.ts';
import type { Commands } from './command.ts';

/** The records. */
export const cardCommands: Commands = {
  check: {
    usage: '',
    does: 'proves for every card that what is shown equals its record and that it is found by its words, and that the audit log is whole',
    async run(world) {
      let total = 0;
      const faults = await checkCards(world, (checked) => (total = checked));
      for (const { id, problem } of faults) process.stderr.write(`${id}: ${problem}\n`);
      const log = await auditReport(world);
      if (faults.length > 0 || !log.isWhole) process.exitCode = 1;
      return `${total} cards checked, ${faults.length} faults.\n${log.text}`;
    },
  },
  'history erase': {
    usage: '<card id>',
    does: 'forgets what a card was and who changed it, for ever; the card itself stays (its id stands in its address in the browser)',
    async run(world, [cardId = '']) {
      const erased = await eraseVersions(world, cardId);
      if (erased === 0) throw new AppError('notFound', `There is no history of a card « ${cardId} »`);
      return erased === 1 ? 'One version is forgotten.' : `${erased} versions are forgotten.`;
    },
  },
};
