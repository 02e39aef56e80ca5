/** The limits of an app password. They are applied in core/sharing, where rights are determined. */
export type Scope = {
  /** If false, nothing may be changed. */
  readonly mayWrite: boolean;
  /** The only folder that is visible, without its sub-folders; null: everything that the person sees. */
  readonly bookId: string | null;
};

/** Who is asking: a person who has signed in. Their groups are looked up inside each transaction, never kept here. */
export type Actor = {
  readonly principalId: string;
  readonly language: 'fr' | 'en';
  /**
   * Whether the person is from outside the organisation: they see what is shared with them, and nothing and nobody
   * else.
   */
  readonly isGuest?: boolean;
  /** The session by which the person is signed in; absent: each request carries a password. */
  readonly sessionHash?: string;
  /** The app password by which the person is signed in, if any. */
  readonly appPasswordId?: string;
  /** The limits of that app password; absent: none. */
  readonly scope?: Scope;
  /** The network address from which the request comes, for the audit log. */
  readonly address?: string;
};
