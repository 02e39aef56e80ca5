import type { Filter } from 'ldapts';
import type { Attributes } from './attributes.ts';
import type { Profile } from './profiles.ts';

/** Whether connections of `ldap://` are encrypted with StartTLS. */
export type LdapTls = 'auto' | 'required' | 'off';

/** How to come into the directory. */
export type LdapAccess = {
  /** `ldap://` or `ldaps://` with host and port; the first that answers is asked. */
  readonly urls: readonly string[];
  /** `auto`: StartTLS, except to this machine when no certificates are given. */
  readonly tls: LdapTls;
  /** Certificates (PEM) that are trusted besides those of the system. */
  readonly ca: string | undefined;
  /** Empty: anonymous. */
  readonly bindDn: string;
  readonly bindPassword: string;
  readonly connectSeconds: number;
  readonly seconds: number;
};

/** Everything about the organisation's directory. */
export type LdapServer = LdapAccess & {
  readonly profile: Profile;
  readonly attributes: Attributes;
  /** What everything is below. */
  readonly bases: readonly string[];
  readonly peopleBases: readonly string[];
  readonly groupsBases: readonly string[];
  readonly peopleFilter: Filter;
  readonly groupsFilter: Filter;
  /** Which of the people administer Coterie; null: none. */
  readonly administratorsFilter: Filter | null;
  readonly pageSize: number;
};
