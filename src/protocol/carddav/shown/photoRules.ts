import type { HttpRequest } from '../../../lib/http/http.ts';

/** A program that chokes on large cards: from which length on, and how large it gets photos then. */
export type PhotoRule = {
  readonly agent: RegExp;
  /** In octets. */
  readonly longestCard: number;
  /** The longer side of a photo, in pixels. */
  readonly side: number;
};

/** What is known of programs. Others get photos as they are. */
const photoRules: readonly PhotoRule[] = [
  // iOS stops in the middle of an address book at photos of some 1.5 MB (Kozea/Radicale#763) and shows no more than 1024 pixels.
  { agent: /\bdataaccessd\b|^(?:iOS|iPadOS)\//u, longestCard: 700_000, side: 1024 },
  // Contacts of macOS leaves out cards with large photos (sabre-io/Baikal#1346).
  { agent: /AddressBook(?:Core|SourceSync)?\/|Address%20Book\//u, longestCard: 700_000, side: 1024 },
  // What is handed to Android's contacts at once is a megabyte at most (bitfireAT/davdroid#230), which keep 720 pixels.
  { agent: /\bDAV(?:x5|droid)\b/u, longestCard: 500_000, side: 720 },
];

/** The rule for the program that asks, by what it calls itself. */
export function photoRuleFor({ headers }: HttpRequest): PhotoRule | undefined {
  const agent = headers['user-agent'];
  return agent === undefined ? undefined : photoRules.find((rule) => rule.agent.test(agent));
}
