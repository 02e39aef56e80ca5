import type { Id } from '../../client/src/types.ts';

/** An object with the account it lives in: ids are unique only there. */
export type InAccount<T> = T & { readonly accountId: Id };
