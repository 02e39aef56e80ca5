import { sql } from 'kysely';
import { table } from './command.ts';
import type { Commands } from './command.ts';

/** People outside the organisation. */
export const guestCommands: Commands = {
  'guest list': {
    usage: '',
    does: 'lists the guests: address, name, whether they came, how many folders are shared with them',
    async run({ db }) {
      const guests = await db.all(
        sql<{ email: string; name: string; is_active: number; came: number; shares: number }>`
          SELECT email, name, is_active, EXISTS (SELECT 1 FROM credential WHERE principal_id = principal.id) AS came,
            (SELECT count(*) FROM share WHERE share.principal_id = principal.id) AS shares
          FROM principal WHERE is_guest = 1 ORDER BY email`.compile(db.build),
      );
      const rows = guests.map((guest) => [
        guest.email,
        guest.came ? guest.name : '',
        guest.came ? 'came' : 'waiting',
        `${Number(guest.shares)} folders`,
        guest.is_active === 1 ? '' : 'locked out',
      ]);
      return rows.length === 0 ? 'No guests.' : table(rows);
    },
  },
};
