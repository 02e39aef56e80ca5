import { usePreferences } from '../../../api/hooks.ts';
import { tagColor } from './tag-color.ts';
import { colorAttributes } from '../../../ui/color.ts';
import styles from './tag-chip.module.css';

/** A tag of a contact, in the colour that the person gave to it. */
export function TagChip({ keyword }: { readonly keyword: string }) {
  const colors = usePreferences()?.keywordColors;
  return (
    <span {...colorAttributes(tagColor(keyword, colors))} className={styles['chip']} title={keyword}>
      {keyword}
    </span>
  );
}

/** The dot of a tag, where it stands among others. */
export function TagDot({ keyword }: { readonly keyword: string }) {
  const colors = usePreferences()?.keywordColors;
  return <span {...colorAttributes(tagColor(keyword, colors))} className={styles['dot']} aria-hidden />;
}
