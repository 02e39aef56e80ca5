import type { Reader } from '../../db/database.ts';
import { networkPrefix } from '../../lib/networkPrefix.ts';
import { auditOften } from '../audit/auditOften.ts';
import type { World } from '../context.ts';
import { emailKey } from '../principal/emailKey.ts';
import type { Attempt, BasicUse } from './attempt.ts';

/**
 * Records a refused sign-in. It is called for real guesses only, once each: attempts turned away by a throttle, or
 * known to be wrong, cost nothing. The name is recorded only if it is somebody's; otherwise it may be a mistyped
 * password.
 */
export async function auditRefusal(world: World, attempt: Attempt): Promise<void> {
  const { address, way = 'web' } = attempt;
  const meant = await findMeant(world.db, emailKey(attempt.email));
  await world.db.transaction((tx) =>
    auditOften(tx, { ...world, way }, networkPrefix(address), {
      kind: 'signIn.failed',
      outcome: 'refused',
      actorId: null,
      address,
      ...(meant === undefined ? {} : { object: { type: 'Principal', id: meant } }),
    }),
  );
}

async function findMeant({ build, first }: Reader, key: string): Promise<string | undefined> {
  const logins = build.selectFrom('principal_login').select('principal_id').where('login_key', '=', key);
  const login = await first(logins.where('is_held', '=', 1).limit(1));
  if (login) return login.principal_id;
  return (await first(build.selectFrom('principal').select('id').where('email_key', '=', key).limit(1)))?.id;
}

const mostRemembered = 20_000;

/** Records which programs sign in: called for each request, recorded once a day for each password and network. */
export function createProgramAudit(world: World): (attempt: Attempt, use: BasicUse) => Promise<void> {
  const told = new Map<string, string>();
  return async ({ address, way = 'jmap' }, { personId, appPasswordId }) => {
    const subject = `${personId} ${appPasswordId ?? ''} ${networkPrefix(address)}`;
    const day = world.now().toISOString().slice(0, 10);
    if (told.get(subject) === day) return;
    // First of all: the requests that come meanwhile need not tell it, too.
    told.delete(subject);
    told.set(subject, day);
    if (told.size > mostRemembered) told.delete(told.keys().next().value!);
    await world.db.transaction((tx) =>
      auditOften(tx, { ...world, way }, subject, {
        kind: 'signIn.program',
        actorId: personId,
        address,
        ...(appPasswordId === undefined ? {} : { appPasswordId }),
      }),
    );
  };
}
