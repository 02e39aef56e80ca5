import { colorAttributes } from '../../ui/color.ts';
import type { FolderKind } from '../../model/folders/folder-tree.ts';

// One drawing per kind, filled with the folder's colour: the kind stays readable without the colour.
const shapes: Record<FolderKind, string> = {
  contacts: 'M5 2.5h9A1.5 1.5 0 0 1 15.5 4v10a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 14V4A1.5 1.5 0 0 1 5 2.5Z',
  collected: 'M4 3.5h10A1.5 1.5 0 0 1 15.5 5v8a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 13V5A1.5 1.5 0 0 1 4 3.5Z',
  own: 'M3.5 3.5h3.6l1.6 2h5.8A1.5 1.5 0 0 1 16 7v6a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 2 13V5a1.5 1.5 0 0 1 1.5-1.5Z',
  shared:
    'M3.5 3.5h3.6l1.6 2h5.8A1.5 1.5 0 0 1 16 7v6a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 2 13V5a1.5 1.5 0 0 1 1.5-1.5Z',
  directory: 'M3.5 15.5v-12A1.5 1.5 0 0 1 5 2h8a1.5 1.5 0 0 1 1.5 1.5v12Z',
  trash: 'M4.5 5.5h9l-.6 8.6a1.5 1.5 0 0 1-1.5 1.4H6.6a1.5 1.5 0 0 1-1.5-1.4L4.5 5.5Z',
};

const details: Record<FolderKind, string> = {
  contacts:
    'M1.8 6h1.7M1.8 9h1.7M1.8 12h1.7M9.5 8.4a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2ZM6.6 12.3c.4-1.3 1.5-2.1 2.9-2.1s2.5.8 2.9 2.1',
  collected: 'm2.8 5.2 5.3 4a1.5 1.5 0 0 0 1.8 0l5.3-4',
  own: '',
  shared: 'M9 10.1a1.3 1.3 0 1 0 0-2.6 1.3 1.3 0 0 0 0 2.6ZM6.7 12.6c.4-1 1.2-1.5 2.3-1.5s1.9.5 2.3 1.5',
  directory: 'M2.2 15.5h13.6M6.5 5.2h1M10.5 5.2h1M6.5 8.2h1M10.5 8.2h1M7.6 15.3v-3.6h2.8v3.6',
  trash: 'M3 5.5h12M7 5.2V3.8c0-.7.5-1.3 1.2-1.3h1.6c.7 0 1.2.6 1.2 1.3v1.4M7.6 8.5v4M10.4 8.5v4',
};

/** The icon of a folder in its colour. */
export function FolderIcon({
  kind,
  color,
  size = 18,
}: {
  readonly kind: FolderKind;
  readonly color: string | null;
  readonly size?: number;
}) {
  return (
    <svg
      {...colorAttributes(color)}
      width={size}
      height={size}
      viewBox="0 0 18 18"
      fill="none"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={shapes[kind]} fill={color ? 'var(--folder)' : 'none'} fillOpacity="0.55" stroke="var(--folder-ink)" />
      <path d={details[kind]} stroke="var(--folder-ink)" />
    </svg>
  );
}
