import { useRef, useState } from 'react';
import type { Id } from '../../../../client/src/types.ts';
import { useSession } from '../../../api/hooks.ts';
import { useMessages } from '../../../locales/messages.ts';
import { type Draft, writeEntry } from '../../../model/cards/card-values.ts';
import { TokenField } from '../../../ui/fields/token-field.tsx';
import { TagDot } from '../tags/tag-chip.tsx';
import { useKeywords } from '../tags/use-keywords.ts';
import { useEditTexts } from './edit-texts.ts';

interface TagFieldProps {
  readonly accountId: Id;
  readonly draft: Draft;
  readonly change: (change: (draft: Draft) => Draft) => void;
  readonly autoFocus: boolean;
}

const separators = /[,;\n\t]/;
const longest = 100;

/** The tags of a contact: typed, or chosen among those that are in use. */
export function TagField({ accountId, draft, change, autoFocus }: TagFieldProps) {
  const texts = useEditTexts();
  const { accountId: own } = useSession();
  const {
    contacts: { fields },
  } = useMessages();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const known = useKeywords([accountId, own]);
  const chosen = Object.keys(draft.keywords ?? {});
  const wanted = text.trim().toLocaleLowerCase();
  const options = known.filter(
    ({ keyword }) => !chosen.includes(keyword) && keyword.toLocaleLowerCase().includes(wanted),
  );
  const add = (typed: string) => {
    for (const part of typed.split(separators)) {
      const name = part.trim().replace(/\s+/g, ' ').slice(0, longest);
      // « presse » is meant as the « Presse » that is there.
      const keyword =
        known.find((one) => one.keyword.toLocaleLowerCase() === name.toLocaleLowerCase())?.keyword ?? name;
      if (keyword) change((before) => ({ ...before, keywords: { ...before.keywords, [keyword]: true } }));
    }
    setText('');
  };
  return (
    <TokenField
      label={fields.keywords}
      description={texts.tagsHint}
      placeholder={texts.addTag}
      tokens={chosen.map((keyword) => ({ id: keyword, label: keyword, icon: <TagDot keyword={keyword} /> }))}
      tokensLabel={texts.tagsChosen}
      removeLabel={texts.removeTag}
      onRemove={(keyword) => change((before) => writeEntry(before, 'keywords', keyword, undefined))}
      text={text}
      onText={setText}
      onCommit={add}
      isComplete={() => true}
      hasSeparator={(typed) => separators.test(typed)}
      options={options.slice(0, 12)}
      optionId={({ keyword }) => keyword}
      renderOption={({ keyword }) => (
        <>
          <TagDot keyword={keyword} />
          {keyword}
        </>
      )}
      onChoose={({ keyword }) => add(keyword)}
      isLoading={false}
      emptyText={texts.noTag}
      inputMode="text"
      autoFocus={autoFocus}
      inputRef={input}
    />
  );
}
