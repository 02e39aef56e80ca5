import type { Conflict } from '../../../../src/format/merging/mergeChanges.ts';
import { useLanguage, useMessages } from '../../../locales/messages.ts';
import { labelAt, textAt } from '../../../model/cards/field-text.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import styles from './conflicts.module.css';
import { useEditTexts } from './edit-texts.ts';
import type { CardForm } from './use-card-form.ts';

/** What somebody else changed as well: both values of each field, to choose between. */
export function Conflicts({ form: { conflicts, choose } }: { readonly form: CardForm }) {
  const texts = useEditTexts();
  if (conflicts.length === 0) return null;
  return (
    <div data-conflicts tabIndex={-1} className={styles['conflicts']}>
      <Banner tone="warning" isInline isLive>
        <strong>{texts.conflictTitle}</strong> {texts.conflictText}
      </Banner>
      <ul className={styles['list']}>
        {conflicts.map((conflict) => (
          <ConflictChoice
            key={conflict.field}
            conflict={conflict}
            words={texts}
            onChoose={(whose) => choose(conflict, whose)}
          />
        ))}
      </ul>
    </div>
  );
}

/** How the two sides are called. */
export interface ConflictWords {
  readonly mine: string;
  readonly theirs: string;
  readonly mineOf: (field: string, value: string) => string;
  readonly theirsOf: (field: string, value: string) => string;
}

interface ChoiceProps {
  readonly conflict: Conflict;
  readonly words: ConflictWords;
  readonly onChoose: (whose: 'mine' | 'theirs') => void;
}

/** One field that two changed: both values, to choose between. */
export function ConflictChoice({ conflict: { field, mine, theirs }, words, onChoose }: ChoiceProps) {
  const texts = useEditTexts();
  const language = useLanguage();
  const {
    contacts: { fields },
  } = useMessages();
  const name = labelAt(field, mine) ?? labelAt(field, theirs);
  const label = name ? fields[name] : texts.otherField;
  const [left, right] = [mine, theirs].map((card) => textAt(field, card, language) || texts.nothing) as [
    string,
    string,
  ];
  return (
    <li className={styles['conflict']}>
      <span className={styles['field']}>{label}</span>
      <div className={styles['side']}>
        <span className={styles['value']}>{left}</span>
        <Button size="small" aria-label={words.mineOf(label, left)} onPress={() => onChoose('mine')}>
          {words.mine}
        </Button>
      </div>
      <div className={styles['side']}>
        <span className={styles['value']}>{right}</span>
        <Button size="small" aria-label={words.theirsOf(label, right)} onPress={() => onChoose('theirs')}>
          {words.theirs}
        </Button>
      </div>
    </li>
  );
}
