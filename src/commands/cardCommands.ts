import { eraseVersions } from '../core/history/eraseHistory.ts';
import { AppError } from '../errors.ts';
import type { Commands } from './command.ts';

/** The records. */
export const cardCommands: Commands = {
  'history erase': {
    usage: '<card id>',
    does: 'erases the history of a card for ever; the card itself stays (its id is in its address in the browser)',
    async run(world, [cardId = '']) {
      const erased = await eraseVersions(world, cardId);
      if (erased === 0) throw new AppError('notFound', `There is no history of a card « ${cardId} »`);
      return erased === 1 ? 'One version is forgotten.' : `${erased} versions are forgotten.`;
    },
  },
};
