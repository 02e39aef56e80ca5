import type { ImportPreview } from '../../../client/src/imports.ts';
import { useMessages } from '../../locales/messages.ts';
import styles from './transfer.module.css';

interface ColumnTableProps {
  readonly table: NonNullable<ImportPreview['table']>;
  readonly onChange: (fields: readonly (string | null)[]) => void;
}

/** Column by column: its heading, what stands in it, and what it becomes. */
export function ColumnTable({ table, onChange }: ColumnTableProps) {
  const { transfer } = useMessages();
  const { headings, fields, samples, hasHeader } = table;
  // Two columns may be called the same: what a column is is its place.
  const columns = headings.map((heading, at) => ({ at, id: `column${at}`, heading }));
  return (
    <table className={styles['columns']}>
      <thead>
        <tr>
          <th scope="col">{transfer.column}</th>
          <th scope="col">{transfer.example}</th>
          <th scope="col">{transfer.meaning}</th>
        </tr>
      </thead>
      <tbody>
        {columns.map(({ at, id, heading }) => {
          const name = hasHeader ? heading : transfer.columnNumber(heading);
          return (
            <tr key={id} data-unknown={table.unknown.includes(at) || undefined}>
              <th scope="row">{name}</th>
              <td className={styles['sample']}>{samples.map((row) => row[at]).find(Boolean) ?? ''}</td>
              <td>
                {/* A list of the system: forty of them, each with fifty choices, are drawn at once. */}
                <select
                  className={styles['select']}
                  aria-label={transfer.meaningOf(name)}
                  value={fields[at] ?? ''}
                  onChange={({ target }) =>
                    onChange(fields.map((field, place) => (place === at ? target.value || null : field)))
                  }
                >
                  <option value="">{transfer.ignored}</option>
                  <FieldOptions current={fields[at] ?? null} heading={name} />
                </select>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function FieldOptions({ current, heading }: { readonly current: string | null; readonly heading: string }) {
  const { transfer } = useMessages();
  const isListed = current === null || current in transfer.fields;
  return (
    <>
      {isListed ? null : <option value={current}>{transfer.asHeading(heading)}</option>}
      {Object.entries(transfer.fields).map(([field, label]) => (
        <option key={field} value={field}>
          {label}
        </option>
      ))}
    </>
  );
}
