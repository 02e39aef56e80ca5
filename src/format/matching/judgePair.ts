import { compareNames } from './compareNames.ts';
import type { NameRelation } from './compareNames.ts';
import type { PersonName } from './personName.ts';
import { isRoleAddress, namesSomebody } from './roleAddress.ts';

/** The facts about a card that tell whether it is a duplicate. */
export type Candidate = {
  readonly kind: string;
  readonly name: PersonName;
  /** As they are compared (`emailKey`, `phoneKey`). */
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  /** Whole dates of birth: 1980-02-29. */
  readonly births: readonly string[];
};

/** How certain it is that two cards belong to the same person; null: they do not. */
export type Verdict = 'certain' | 'probable' | null;

type Evidence = {
  readonly email: 'personal' | 'role' | 'conflict' | 'none';
  readonly phone: 'shared' | 'conflict' | 'none';
  readonly one: Candidate;
  readonly other: Candidate;
};

/** One rule for each way in which names stand to each other. */
const rules: Readonly<Record<NameRelation, (evidence: Evidence) => Verdict>> = {
  same(evidence) {
    const { email, phone, one } = evidence;
    if (email === 'personal' || email === 'role') return 'certain';
    if (phone === 'shared') return email === 'conflict' ? 'probable' : 'certain';
    // Homonyms: the same name, and addresses of their own.
    if (email === 'conflict') return null;
    const { mainWords } = one.name;
    const isTelling = mainWords.length > 1 || (phone === 'none' && mainWords[0]!.length > 4);
    return isTelling ? 'probable' : null;
  },
  near({ email, phone, one }) {
    if (email === 'personal') return 'certain';
    if (email === 'role' || phone === 'shared') return email === 'conflict' ? null : 'probable';
    if (email === 'conflict' || phone === 'conflict') return null;
    return one.name.mainWords.length > 1 ? 'probable' : null;
  },
  compatible({ email, phone, one, other }) {
    if (email === 'personal') return 'certain';
    const isNameless = one.name.words.length === 0 || other.name.words.length === 0;
    if (email === 'role') return isNameless ? 'probable' : null;
    return phone === 'shared' && email !== 'conflict' ? 'probable' : null;
  },
  kin: ({ email }) => (email === 'personal' ? 'probable' : null),
  partial: ({ email }) => (email === 'personal' ? 'probable' : null),
  household: () => null,
  // « Bob » with the address of Robert Martin; but not two people who share one that speaks of neither.
  different(evidence) {
    if (evidence.email !== 'personal') return null;
    const words = [...evidence.one.name.mainWords, ...evidence.other.name.mainWords];
    return shared(evidence.one.emails, evidence.other.emails).some((address) => namesSomebody(address, words))
      ? 'probable'
      : null;
  },
};

/** Judges two cards by what they have in common and by what speaks against it. */
export function judgePair(one: Candidate, other: Candidate): Verdict {
  const relation = compareNames(one.name, other.name);
  const verdict = rules[relation]({
    email: emailEvidence(one.emails, other.emails),
    phone: evidenceOf(one.phones, other.phones),
    one,
    other,
  });
  if (verdict === null || isConflict(one.births, other.births)) return null;
  if (one.kind !== other.kind) return relation === 'same' ? 'probable' : null;
  return verdict;
}

function emailEvidence(one: readonly string[], other: readonly string[]): Evidence['email'] {
  const common = shared(one, other);
  if (common.length > 0) return common.some((address) => !isRoleAddress(address)) ? 'personal' : 'role';
  return isConflict(one, other) ? 'conflict' : 'none';
}

function evidenceOf(one: readonly string[], other: readonly string[]): Evidence['phone'] {
  if (shared(one, other).length > 0) return 'shared';
  return isConflict(one, other) ? 'conflict' : 'none';
}

function isConflict(one: readonly string[], other: readonly string[]): boolean {
  return one.length > 0 && other.length > 0 && shared(one, other).length === 0;
}

function shared(one: readonly string[], other: readonly string[]): string[] {
  return one.filter((value) => other.includes(value));
}
