/** What an app password is limited to; rights are cut down by it in core/sharing, where they are made. */
export type Scope = {
  /** Nothing may be changed without it. */
  readonly mayWrite: boolean;
  /** The one folder that can be seen, alone and without those below it; null: all that the person sees. */
  readonly bookId: string | null;
};

/** Who is asking: a person who has signed in. Groups are looked up inside each transaction, never carried along. */
export type Actor = {
  readonly principalId: string;
  readonly language: 'fr' | 'en';
  /** From outside the organisation: sees what is shared with them, and nothing and nobody else. */
  readonly isGuest?: boolean;
  /** The session by which the person asks; absent: by password, with every request. */
  readonly sessionHash?: string;
  /** The app password by which the person asks. */
  readonly appPasswordId?: string;
  /** What that app password is limited to; absent: nothing. */
  readonly scope?: Scope;
  /** The address of the computer from which the person asks, for the audit log. */
  readonly address?: string;
};
