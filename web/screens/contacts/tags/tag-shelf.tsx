import { type DragEvent, useState } from 'react';
import { useSession } from '../../../api/hooks.ts';
import { useLanguage } from '../../../locales/messages.ts';
import { droppedCards } from '../../../model/cards/card-drag.ts';
import type { CardRef } from '../../../model/cards/card-ref.ts';
import { type DraggedCards, dragTypes } from '../../../model/drag.ts';
import { contactsPath } from '../../../model/route.ts';
import { searchFor } from '../../../model/search/completions.ts';
import { Link } from '../../../ui/link.tsx';
import { LinkButton } from '../../../ui/link-button.tsx';
import { changeCards } from '../move/card-operations.ts';
import { tagCards } from './tag-cards.ts';
import { TagDot } from './tag-chip.tsx';
import styles from './tag-shelf.module.css';
import { useTagsTexts } from './tags-texts.ts';
import { type KnownKeyword, useKeywords } from './use-keywords.ts';

const firstTags = 6;

/** The tags below the folders, the most used first: each leads to its contacts, and takes those that are dropped on it. */
export function TagShelf() {
  const texts = useTagsTexts();
  const { session } = useSession();
  const [isWhole, setWhole] = useState(false);
  const known = useKeywords(Object.keys(session.accounts));
  if (known.length === 0) return null;
  const shown = isWhole ? known : known.slice(0, firstTags);
  return (
    <section className={styles['shelf']} aria-labelledby="tag-shelf">
      <h3 id="tag-shelf" className={styles['heading']}>
        {texts.list}
      </h3>
      <ul>
        {shown.map((one) => (
          <ShelfTag key={one.keyword} {...one} />
        ))}
      </ul>
      {known.length > shown.length ? (
        <LinkButton label={texts.all(known.length)} onPress={() => setWhole(true)}>
          {texts.all(known.length)}
        </LinkButton>
      ) : null}
    </section>
  );
}

function ShelfTag({ keyword, count }: KnownKeyword) {
  const texts = useTagsTexts();
  const language = useLanguage();
  const { isOver, dropProps } = useTagDrop(keyword);
  const search = searchFor('keyword', keyword, language);
  return (
    <li {...dropProps} data-drop-target={isOver || undefined} className={styles['tag']}>
      <Link to={contactsPath({ kind: 'search', text: search })} className={styles['link']!}>
        <TagDot keyword={keyword} />
        <span className={styles['name']}>{keyword}</span>{' '}
        <span className={styles['count']}>
          {new Intl.NumberFormat(language).format(count)} <span className="visually-hidden">{texts.noun(count)}</span>
        </span>
      </Link>
    </li>
  );
}

/** Contacts that are dropped on a tag get it; in the menu « Étiquettes… » does the same. */
function useTagDrop(keyword: string) {
  const texts = useTagsTexts();
  const [isOver, setOver] = useState(false);
  // Who may only read contacts drags them to copy them.
  const takes = ({ dataTransfer }: DragEvent) =>
    dataTransfer.types.includes(dragTypes.cards) && dataTransfer.effectAllowed !== 'copy';
  const tag = (refs: readonly CardRef[]) =>
    changeCards(refs, {
      text: texts.changing,
      step: (from, chunk) => tagCards(from, chunk, new Map([[keyword, true]])),
      say: (count) => texts.tagged(count, keyword),
    });
  const dropProps = {
    onDragOver: (event: DragEvent) => {
      if (!takes(event)) return;
      event.preventDefault();
      // They stay where they are.
      event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false);
      if (!takes(event)) return;
      event.preventDefault();
      void droppedCards(JSON.parse(event.dataTransfer.getData(dragTypes.cards)) as DraggedCards).then(tag);
    },
  };
  return { isOver, dropProps };
}
