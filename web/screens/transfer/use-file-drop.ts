import { type DragEvent, useState } from 'react';

/** What an element needs to take a file from the desktop. */
export interface FileDrop {
  readonly dropProps: Readonly<Record<string, unknown>>;
  readonly isOver: boolean;
}

/** Makes an element a place to drop a file; without `onFile` it takes none. Cards and folders are dragged otherwise. */
export function useFileDrop(onFile: ((file: File) => void) | undefined): FileDrop {
  const [isOver, setOver] = useState(false);
  if (!onFile) return { dropProps: {}, isOver: false };
  const takes = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  return {
    isOver,
    dropProps: {
      onDragOver: (event: DragEvent) => {
        if (!takes(event)) return;
        event.preventDefault();
        event.stopPropagation();
        event.dataTransfer.dropEffect = 'copy';
        setOver(true);
      },
      onDragLeave: ({ currentTarget, relatedTarget }: DragEvent) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (!takes(event) || !file) return;
        event.preventDefault();
        event.stopPropagation();
        onFile(file);
      },
    },
  };
}
