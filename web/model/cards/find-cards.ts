import type { ContactCard, Id } from '../../../client/src/types.ts';
import { reference } from '../../../client/src/client.ts';
import { call } from '../../api/jmap.ts';

/** What is looked for: a condition of RFC 9610 §3.3.1 (null: everything), and how much of it. */
export interface Wanted {
  readonly filter: Readonly<Record<string, unknown>> | null;
  readonly limit: number;
  readonly properties: readonly string[];
}

/** The first cards of an account that match. */
export async function findCards(accountId: Id, { filter, limit, properties }: Wanted): Promise<readonly ContactCard[]> {
  const found = call('ContactCard/query', { accountId, filter, limit });
  const got = call('ContactCard/get', {
    accountId,
    '#ids': reference(found, '/ids'),
    properties: ['id', ...properties],
  });
  const [, { list }] = await Promise.all([found, got]);
  return list;
}
