import { useRef, useState } from 'react';
import type { SetError, Suggestion } from '../../../client/src/types.ts';
import { parseAddresses } from '../../model/sharing/addresses.ts';
import {
  addChips,
  type Chip,
  checked,
  type ChipContext,
  chipKey,
  recognised,
  refusedChip,
  replaceChip,
  suggestedChip,
  typedChip,
} from '../../model/sharing/chips.ts';
import { findPerson } from './use-suggestions.ts';

/** The addresses of the sharing dialog and the text that is being typed. */
export interface Grantees {
  readonly chips: readonly Chip[];
  /** Whether the directory is still being asked whose address or name it is. */
  readonly isAsked: (chip: Chip) => boolean;
  readonly text: string;
  readonly setText: (text: string) => void;
  /** Makes chips of a text and asks the directory whose addresses they are. */
  readonly commit: (text: string) => void;
  readonly choose: (suggestion: Suggestion) => void;
  readonly remove: (key: string) => void;
  /** Takes a chip back into the text field. */
  readonly correct: (chip: Chip) => void;
  /** Another kind of grantees: what was said of the addresses is said anew. */
  readonly recheck: (context: ChipContext) => void;
  /** The chips once the text is one too and the directory has answered. */
  readonly settled: () => Promise<readonly Chip[]>;
  /** Leaves those that were refused, with the reason. */
  readonly keepRefused: (sent: readonly Chip[], refused: readonly (SetError | undefined)[]) => void;
}

/** Keeps the chips of the sharing dialog. */
export function useGrantees(context: ChipContext): Grantees {
  const [chips, setShown] = useState<readonly Chip[]>([]);
  const [askedKeys, setAskedKeys] = useState<readonly string[]>([]);
  const [text, setText] = useState('');
  const latest = useRef<readonly Chip[]>([]);
  const latestText = useRef('');
  const asked = useRef<Promise<void>>(Promise.resolve());

  const type = (typed: string) => {
    latestText.current = typed;
    setText(typed);
  };
  const become = (next: readonly Chip[]) => {
    latest.current = next;
    setShown(next);
  };
  const recognise = async (chip: Chip, about: ChipContext) => {
    if (about.type !== 'principal' || chip.principalId !== null || chip.email === null) return;
    const key = chipKey(chip);
    setAskedKeys((keys) => [...keys, key]);
    try {
      const found = await findPerson(about.ownPrincipalId, chip.email);
      become(replaceChip(latest.current, key, (current) => recognised(current, found, about)));
    } catch {
      // The server says it on « OK ».
    } finally {
      setAskedKeys((keys) => keys.toSpliced(keys.indexOf(key), 1));
    }
  };
  const ask = (asking: readonly Chip[], about: ChipContext) => {
    const answers = asking.map((chip) => recognise(chip, about));
    asked.current = Promise.all([asked.current, ...answers]).then(() => {});
  };
  const commit = (typed: string) => {
    const added = parseAddresses(typed).map((address) => typedChip(address, context));
    type('');
    become(addChips(latest.current, added));
    ask(added, context);
  };

  return {
    chips,
    isAsked: (chip) => askedKeys.includes(chipKey(chip)),
    text,
    setText: type,
    commit,
    choose(suggestion) {
      const chip = suggestedChip(suggestion, context);
      type('');
      become(addChips(latest.current, [chip]));
      ask([chip], context);
    },
    remove: (key) => become(latest.current.filter((chip) => chipKey(chip) !== key)),
    correct(chip) {
      become(latest.current.filter((other) => other !== chip));
      type(chip.email ?? chip.name ?? '');
    },
    recheck(about) {
      become(latest.current.map((chip) => checked(chip, about)));
      ask(latest.current, about);
    },
    async settled() {
      if (latestText.current.trim()) commit(latestText.current);
      await asked.current;
      return latest.current;
    },
    keepRefused(sent, refused) {
      const reasons = new Map(sent.map((chip, index) => [chipKey(chip), refused[index]]));
      become(
        latest.current.flatMap((chip) => {
          if (!reasons.has(chipKey(chip))) return [chip];
          const reason = reasons.get(chipKey(chip));
          return reason ? [refusedChip(chip, reason)] : [];
        }),
      );
    },
  };
}
