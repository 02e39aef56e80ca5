import type { ReactNode } from 'react';
import { isCalled } from '../../../model/search/search-query.ts';

/** Something that can be done or gone to. */
export interface Command {
  readonly id: string;
  readonly label: string;
  /** Stands beside it, quieter. */
  readonly hint?: string;
  readonly icon: ReactNode;
  readonly run: () => void;
}

const mostShown = 8;

/** The commands whose words begin like what was typed: those that begin with it first. */
export function matchingCommands(commands: readonly Command[], text: string): readonly Command[] {
  if (text.trim() === '') return commands.slice(0, mostShown);
  const start = text.trim().toLowerCase();
  const rank = ({ label }: Command) => Number(!label.toLowerCase().startsWith(start));
  return commands
    .filter(({ label, hint = '' }) => isCalled(`${label} ${hint}`, text))
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, mostShown);
}
