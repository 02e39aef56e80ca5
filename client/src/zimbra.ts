import type { ImportProblem } from './imports.ts';
import type { Id } from './types.ts';

/** A share as an import of an account would make it, or why not. */
export interface PreviewedShare {
  readonly type: 'principal' | 'guest' | 'public';
  readonly name: string;
  readonly email: string | null;
  readonly role: string;
  /** Whether it gives what it gave there. */
  readonly isExact: boolean;
  readonly state: string;
}

/** A folder that would come. */
export interface PreviewedFolder {
  readonly id: string;
  readonly name: string;
  readonly path: readonly string[];
  readonly color: string | null;
  readonly state: 'new' | 'known' | 'there' | 'gone';
  readonly count: number;
  readonly shares: readonly PreviewedShare[];
}

/** What an import of an account of Zimbra would do (docs/jmap-extension.md). */
export interface ZimbraPreview {
  readonly folders: readonly PreviewedFolder[];
  readonly links: readonly { readonly name: string; readonly ownerEmail: string | null; readonly isHere: boolean }[];
  readonly tags: number;
  readonly contacts: number;
  readonly groups: number;
  readonly photos: number;
  readonly verdicts: Readonly<
    Record<'new' | 'there' | 'same' | 'changed' | 'changedHere' | 'deletedHere' | 'leftOut', number>
  >;
  readonly problems: readonly ImportProblem[];
  readonly problemCount: number;
}

/** An account that was fetched, or why not. */
export interface FetchedZimbra {
  readonly blobId: Id | null;
  readonly problem: string | null;
}
