import { hash } from 'node:crypto';
import { formOf } from '../copy/compareTables.ts';
import type { Row } from '../copy/rows.ts';
import type { Table } from '../copy/tables.ts';

/** A checksum over rows that does not depend on their order. */
export type RowSum = { add(row: Row): void; value(): string };

const modulus = 1n << 256n;

/** The number of rows of a table and the sum of their hashes. */
export function createSum(table: Pick<Table, 'columns'>): RowSum {
  let [rows, sum] = [0, 0n];
  return {
    add(row) {
      sum = (sum + BigInt(`0x${hash('sha256', formOf(table, row))}`)) % modulus;
      rows += 1;
    },
    value: () => `${rows} ${sum}`,
  };
}
