/** A sheet of self-adhesive labels on A4; everything in millimetres. */
export interface LabelFormat {
  readonly id: string;
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  /** Before the first row and column. */
  readonly top: number;
  readonly left: number;
  /** Between columns. */
  readonly gap: number;
}

/** The common ones in Europe, by the size of a label. */
export const labelFormats: readonly LabelFormat[] = [
  { id: '70 × 37 mm', columns: 3, rows: 8, width: 70, height: 37, top: 0.5, left: 0, gap: 0 },
  { id: '63,5 × 38,1 mm', columns: 3, rows: 7, width: 63.5, height: 38.1, top: 15.1, left: 7.2, gap: 2.5 },
  { id: '99,1 × 38,1 mm', columns: 2, rows: 7, width: 99.1, height: 38.1, top: 15.1, left: 4.7, gap: 2.5 },
  { id: '105 × 57 mm', columns: 2, rows: 5, width: 105, height: 57, top: 6, left: 0, gap: 0 },
];
