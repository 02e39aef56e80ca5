import { useEffect } from 'react';
import styles from './skeleton.module.css';
import { waitHere } from './waiting.ts';

/** A grey bar where a text will stand. */
export function Skeleton({ width = '100%', height }: { readonly width?: string; readonly height?: string }) {
  useEffect(waitHere, []);
  return <span className={styles['skeleton']} style={height ? { width, height } : { width }} aria-hidden />;
}

const widths = ['62%', '78%', '54%', '70%', '48%', '66%', '58%', '74%'];

/** Several grey bars of uneven length, with one sentence for screen readers. */
export function SkeletonLines({ count = 6, label }: { readonly count?: number; readonly label: string }) {
  return (
    <div className={styles['lines']} role="status" aria-label={label}>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} width={widths[index % widths.length]!} />
      ))}
    </div>
  );
}
