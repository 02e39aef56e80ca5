import { statement } from '../../db/statement.ts';
import type { Actor } from '../actor.ts';
import type { World } from '../context.ts';

const asking = statement((build, value: { personId: string }) =>
  build
    .selectFrom('principal')
    // No join: SQLite plans a join anew for other values wherever a table has an index of some of its rows.
    .select((row) =>
      row
        .selectFrom('preference')
        .select('language')
        .where('preference.principal_id', '=', value.personId)
        .as('language'),
    )
    .select('principal.is_guest')
    .where('principal.id', '=', value.personId),
);

/** The person as an actor, with their language: the one they chose, else the browser's, else French. */
export async function actorOf(world: World, personId: string, acceptLanguage: string | undefined): Promise<Actor> {
  const { db } = world;
  const person = await db.first(asking(db, { personId }));
  const own = person?.language;
  const language = own === 'fr' || own === 'en' ? own : languageOf(acceptLanguage);
  return { principalId: personId, language, ...(person?.is_guest === 1 ? { isGuest: true } : {}) };
}

/** The best language among those the browser accepts and we speak (RFC 9110 §12.5.4); French if it names none. */
export function languageOf(acceptLanguage: string | undefined): Actor['language'] {
  const wanted = (acceptLanguage ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = parameters
      .map((parameter) => /^\s*q=([\d.]+)\s*$/u.exec(parameter)?.[1])
      .find((value) => value !== undefined);
    return { language: tag.trim().split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
  });
  const [best] = wanted
    .filter(({ language, quality }) => (language === 'fr' || language === 'en') && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return best?.language === 'en' ? 'en' : 'fr';
}
