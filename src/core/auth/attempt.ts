import type { Scope } from '../actor.ts';
import type { Cause } from '../context.ts';

/** The credentials somebody presents, and where they come from. */
export type Attempt = {
  readonly email: string;
  readonly password: string;
  /** The address of their computer. */
  readonly address: string;
  /** A mark that this browser signed in as this person before: its guesses are counted apart from its neighbours'. */
  readonly knownDevice?: string | undefined;
  /** By which door; absent: the sign-in page. */
  readonly way?: Cause['way'];
};

/** For whom a program acts, and by which credentials. */
export type BasicUse = { readonly personId: string; readonly appPasswordId?: string; readonly scope?: Scope };
