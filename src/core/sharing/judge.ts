import { noRights, unite } from './rights.ts';
import type { Rights } from './rights.ts';

/** A grant to the person or to one of their groups, on one folder. */
export type Grant = { readonly principalId: string; readonly rights: Rights };

/** What one folder on the way up to the root says about one person. */
export type Step = {
  readonly grants: readonly Grant[];
  readonly decision: 'waiting' | 'accepted' | 'declined' | null;
};

/** Where the person stands with a folder that is shared with them. */
export type Invitation = 'accepted' | 'waiting' | 'declined';

/** What one person may do in one folder that belongs to somebody else. */
export type Verdict = {
  readonly rights: Rights;
  /** What the grants would give, whatever the person answered. */
  readonly offered: Rights;
  /** Where the person stands; null when nothing is shared with them. */
  readonly invitation: Invitation | null;
};

const nothing: Verdict = { rights: noRights, offered: noRights, invitation: null };

/**
 * The one rule of access. `chain` is the folder and those above it, nearest first. For each grantee (the person and
 * each of their groups) the nearest folder with a grant decides; the rights of all grantees are united. The person's
 * answer on the nearest folder that has one decides whether the invitation is accepted; a grant below a declined folder
 * is a new invitation. Rights hold from the moment of the grant (RFC 9670 §1.4: accepting is subscribing), except that
 * a declined invitation gives no rights until the person changes their mind.
 */
export function judge(chain: readonly Step[]): Verdict {
  const nearest = new Map<string, Rights>();
  for (const step of chain) {
    for (const grant of step.grants) {
      if (!nearest.has(grant.principalId)) nearest.set(grant.principalId, grant.rights);
    }
  }
  if (nearest.size === 0) return nothing;
  const granted = unite([...nearest.values()]);
  // Below a shared folder, those who may write may remove a sub-folder; the shared folder itself stays its owner's.
  const inherited = chain[0]!.grants.length === 0;
  const offered = granted.mayRead
    ? { ...granted, mayDelete: granted.mayDelete || (inherited && granted.mayWrite) }
    : noRights;
  const invitation = answerIn(chain);
  return { rights: invitation === 'declined' ? noRights : offered, offered, invitation };
}

function answerIn(chain: readonly Step[]): Invitation {
  let grantedBelow = false;
  for (const step of chain) {
    if (step.decision === 'accepted') return 'accepted';
    if (step.decision === 'declined') return grantedBelow ? 'waiting' : 'declined';
    if (step.grants.length > 0) grantedBelow = true;
  }
  return 'waiting';
}
