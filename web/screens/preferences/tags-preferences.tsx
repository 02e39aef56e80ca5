import { usePreferences, useSession } from '../../api/hooks.ts';
import { describeError } from '../../api/errors.ts';
import { useMessages } from '../../locales/messages.ts';
import { setPreferences } from '../../model/appearance.ts';
import { ColorPicker } from '../../ui/fields/color-picker.tsx';
import { showFailure } from '../../ui/toasts.tsx';
import { TagChip } from '../contacts/tags/tag-chip.tsx';
import { useTagsTexts } from '../contacts/tags/tags-texts.ts';
import { useKeywords } from '../contacts/tags/use-keywords.ts';
import styles from './preferences-screen.module.css';
import tags from './tags-preferences.module.css';

/** « Étiquettes »: the colours of the tags that the person reads anywhere. */
export function TagsPreferences() {
  const texts = useTagsTexts();
  const { preferences } = useMessages();
  const { session, accountId } = useSession();
  const known = useKeywords(Object.keys(session.accounts));
  const colors = usePreferences()?.keywordColors;
  if (!colors) return null;
  const choose = (keyword: string, color: string | null) => {
    const { [keyword]: _old, ...others } = colors;
    const keywordColors = color === null ? others : { ...others, [keyword]: color };
    setPreferences(accountId, { keywordColors }).catch((error: unknown) => showFailure(describeError(error)));
  };
  return (
    <>
      <h2 className={styles['heading']}>{preferences.sections.tags}</h2>
      <p className={styles['hint']}>{known.length === 0 ? texts.noneAnywhere : texts.hint}</p>
      <ul className={tags['list']}>
        {known.map(({ keyword }) => (
          <li key={keyword} className={tags['tag']}>
            <TagChip keyword={keyword} />
            <ColorPicker
              label={texts.color(keyword)}
              isLabelHidden
              noneLabel={texts.automatic}
              value={colors[keyword] ?? null}
              onChange={(color) => choose(keyword, color)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
