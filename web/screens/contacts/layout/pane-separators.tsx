import { type RefObject, useLayoutEffect } from 'react';
import type { LayoutControl } from '../../../model/layout/use-layout.ts';
import { type SizeName, sizes } from '../../../model/layout/layout.ts';
import { Separator } from '../../../ui/separator.tsx';
import styles from '../contacts-screen.module.css';
import { useLayoutTexts } from './layout-texts.ts';

/** The custom properties of the page that hold the sizes of the panes; the top bar is as wide as the folders. */
const properties = { folders: '--folders-width', list: '--list-width', listHeight: '--list-height' } as const;

type PaneName = keyof typeof properties;

interface PaneSeparatorsProps extends LayoutControl {
  readonly folders: RefObject<HTMLElement | null>;
  readonly list: RefObject<HTMLElement | null>;
}

/** The lines between folders, list and card; style sheets show those that there is something to separate by. */
export function PaneSeparators({ layout, change, folders, list }: PaneSeparatorsProps) {
  const texts = useLayoutTexts();
  useLayoutEffect(() => {
    for (const name of Object.keys(properties) as PaneName[]) put(name, layout.sizes[name]);
  }, [layout.sizes]);
  const shared = { layout, change };
  return (
    <>
      <PaneSeparator {...shared} name="folders" pane={folders} label={texts.foldersWidth} />
      <PaneSeparator {...shared} name="list" pane={list} label={texts.listWidth} />
      <PaneSeparator {...shared} name="listHeight" pane={list} label={texts.listHeight} />
    </>
  );
}

interface PaneSeparatorProps extends Pick<LayoutControl, 'layout' | 'change'> {
  readonly name: PaneName;
  readonly pane: RefObject<HTMLElement | null>;
  readonly label: string;
}

function PaneSeparator({ name, pane, label, layout, change }: PaneSeparatorProps) {
  const axis = name === 'listHeight' ? 'y' : 'x';
  const measure = () => {
    const box = pane.current?.getBoundingClientRect();
    return (axis === 'x' ? box?.width : box?.height) ?? 0;
  };
  return (
    <Separator
      label={label}
      axis={axis}
      {...sizes[name]}
      measure={measure}
      onMove={(size) => put(name, size)}
      onDone={(size) => {
        put(name, size);
        change({ sizes: withSize(layout.sizes, name, size) });
      }}
      className={styles[`${name}Separator`]}
    />
  );
}

function put(name: PaneName, size: number | undefined): void {
  const { style } = document.documentElement;
  if (size === undefined) style.removeProperty(properties[name]);
  else style.setProperty(properties[name], `${size}px`);
}

type Sizes = LayoutControl['layout']['sizes'];

/** The sizes with one changed; undefined: as it is usually. */
export function withSize(all: Sizes, name: SizeName, size: number | undefined): Sizes {
  const { [name]: _, ...others } = all;
  return size === undefined ? others : { ...others, [name]: size };
}
