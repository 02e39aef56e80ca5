import { type ReactNode, useState } from 'react';
import styles from './avatar.module.css';

export interface AvatarProps {
  readonly name: string;
  /** What the colour hangs on; the name by default. */
  readonly seed?: string;
  readonly photo?: string | null;
  /** In pixels. */
  readonly size?: number;
  /** Instead of initials, for groups and organisations. */
  readonly icon?: ReactNode;
}

/** A photo, or initials on a colour that stays the same for the same person. Decorative: the name stands beside it. */
export function Avatar({ name, seed, photo, size = 32, icon }: AvatarProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const color = colorNumber(seed ?? name);
  const style = {
    '--size': `${size / 16}rem`,
    background: `var(--avatar-${color})`,
    color: `var(--avatar-${color}-text)`,
  } as React.CSSProperties;
  // The letters are a picture, drawn by the style sheet: as text they would be part of names around them.
  return (
    <span
      className={styles['avatar']}
      style={style}
      data-initials={icon || (photo && photo !== broken) ? undefined : initials(name)}
      aria-hidden
    >
      {photo && photo !== broken ? (
        <img
          className={styles['photo']}
          src={photo}
          alt=""
          loading="lazy"
          decoding="async"
          onError={() => setBroken(photo)}
        />
      ) : (
        icon
      )}
    </span>
  );
}

/** The first letters of the first and the last word. */
export function initials(name: string): string {
  const words = name
    .normalize('NFC')
    .split(/[\s,]+/)
    .filter((word) => /\p{L}|\p{N}/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends
    .map((word) => word?.match(/\p{L}|\p{N}/u)?.[0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

/** A number from 1 to 8, always the same for the same text. */
function colorNumber(text: string): number {
  let hash = 0;
  for (const character of text) hash = (Math.imul(hash, 31) + character.codePointAt(0)!) >>> 0;
  return (hash % 8) + 1;
}
