import { useEffect, useState } from 'react';
import { describeError } from '../../../api/errors.ts';
import { useSession } from '../../../api/hooks.ts';
import type { CardRef } from '../../../model/cards/card-ref.ts';
import { contentOf } from '../../../model/cards/card-summary.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/fields/checkbox.tsx';
import { TextField } from '../../../ui/fields/text-field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { changeCards } from '../move/card-operations.ts';
import { loadCards } from '../send/load-cards.ts';
import { tagCards } from './tag-cards.ts';
import { TagDot } from './tag-chip.tsx';
import styles from './tag-dialog.module.css';
import { useTagsTexts } from './tags-texts.ts';
import { useKeywords } from './use-keywords.ts';

interface TagDialogProps {
  readonly refs: readonly CardRef[];
  readonly onClose: () => void;
}

const separators = /[,;\n\t]/;

/** « Étiquettes… »: which tags all of these contacts have, some of them, or none. */
export function TagDialog({ refs, onClose }: TagDialogProps) {
  const texts = useTagsTexts();
  const { accountId } = useSession();
  const known = useKeywords([accountId, ...refs.map((ref) => ref.accountId)]);
  const { counts, problem } = useCounts(refs);
  const [wanted, setWanted] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [text, setText] = useState('');
  const keywords = [...new Set([...wanted.keys(), ...(counts?.keys() ?? []), ...known.map(({ keyword }) => keyword)])];
  const want = (keyword: string, isOn: boolean) => setWanted((before) => new Map([...before, [keyword, isOn]]));
  const typed = text
    .split(separators)
    .map((part) => part.trim().replace(/\s+/g, ' ').slice(0, 100))
    .filter(Boolean)
    .map((name) => keywords.find((keyword) => keyword.toLocaleLowerCase() === name.toLocaleLowerCase()) ?? name);
  const take = () => {
    for (const keyword of typed) want(keyword, true);
    setText('');
  };
  const submit = () => {
    const changes = new Map([...wanted, ...typed.map((keyword) => [keyword, true] as const)]);
    onClose();
    if (changes.size === 0) return;
    void changeCards(refs, {
      text: texts.changing,
      step: (from, chunk) => tagCards(from, chunk, changes),
      say: texts.done,
    });
  };
  return (
    <FormDialog
      title={texts.title(refs.length)}
      onClose={onClose}
      onSubmit={submit}
      isDisabled={counts === undefined}
      problem={problem}
    >
      <div className={styles['add']}>
        <TextField
          label={texts.add}
          value={text}
          onChange={setText}
          autoComplete="off"
          maxLength={200}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- what one came for, or one Tab before it
          autoFocus
        />
        <Button onPress={take} isDisabled={typed.length === 0}>
          {texts.addOne}
        </Button>
      </div>
      {keywords.length === 0 ? <p className={styles['none']}>{texts.none}</p> : null}
      <ul aria-label={texts.list} className={styles['list']}>
        {keywords.map((keyword) => {
          const count = counts?.get(keyword) ?? 0;
          const isOn = wanted.get(keyword);
          return (
            <li key={keyword}>
              <Checkbox
                isSelected={isOn ?? (count > 0 && count === refs.length)}
                isIndeterminate={isOn === undefined && count > 0 && count < refs.length}
                onChange={(isSelected) => want(keyword, isSelected)}
              >
                <span className={styles['tag']}>
                  <TagDot keyword={keyword} />
                  {keyword}
                </span>
              </Checkbox>
            </li>
          );
        })}
      </ul>
    </FormDialog>
  );
}

/** How many of the contacts have each tag; undefined until they are read. */
function useCounts(refs: readonly CardRef[]) {
  const [counts, setCounts] = useState<ReadonlyMap<string, number>>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let isStale = false;
    loadCards(refs, ['keywords']).then(
      (cards) => {
        const found = new Map<string, number>();
        for (const card of cards)
          for (const keyword of Object.keys(contentOf(card).keywords ?? {}))
            found.set(keyword, (found.get(keyword) ?? 0) + 1);
        if (!isStale) setCounts(found);
      },
      (error: unknown) => {
        if (!isStale) setProblem(describeError(error));
      },
    );
    return () => {
      isStale = true;
    };
  }, [refs]);
  return { counts, problem };
}
