/** What a page needs to know before anybody signs in: `GET /site/context`. */
export interface SiteContext {
  readonly organisation: string;
  readonly demo: { readonly people: readonly DemoPerson[]; readonly password: string } | null;
  readonly signedIn: boolean;
  readonly setup: boolean;
  readonly publicUrl: string;
  /** People sign in by the organisation's directory, also by names that are no addresses. */
  readonly usesDirectory: boolean;
}

/** A person of the demonstration whom the sign-in page offers. */
export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly description: string;
}
