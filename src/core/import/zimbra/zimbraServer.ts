/** Who signs in at the organisation's Zimbra; kept by nobody. */
export type ZimbraAccess = {
  readonly username: string;
  readonly password: string;
  /** The second factor, where one is asked for. */
  readonly code?: string | undefined;
};

/** The organisation's Zimbra. */
export type ZimbraServer = {
  /** As people type it. */
  readonly url: string;
  /** What a person has there, as an archive. Throws a `ZimbraError`. `askedBy`: who is to wait after wrong passwords. */
  fetchAccount(access: ZimbraAccess, askedBy: string): Promise<Uint8Array<ArrayBuffer>>;
};
