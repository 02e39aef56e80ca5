import type { CompiledQuery, Kysely } from 'kysely';
import type { Query, Reader } from './database.ts';
import type { Schema } from './schema.ts';

/** Stands for a value in a query that is built only once: the names and numbers that lead to it. */
type Placeholder = { readonly [tag]: readonly (string | number)[] };

/** A query that was built, with placeholders among its parameters. */
type Template = {
  readonly query: CompiledQuery<unknown>;
  /** Where a parameter is found among the values; null: it is always the same. */
  readonly ways: readonly (readonly (string | number)[] | null)[];
};

const tag = Symbol('placeholder');
/** Lists of so many lengths are remembered for each statement. */
const mostShapes = 100;

/**
 * A statement that is built once and run with different values, because building most statements costs more than
 * running them. `make` receives placeholders instead of values: it may pass them on to the query, but not look at them.
 * Lists (of values, or of rows to insert) do have their real length.
 */
export function statement<Values extends object, Row>(
  make: (build: Kysely<Schema>, values: Values) => Query<Row> | CompiledQuery<Row>,
): (reader: Pick<Reader, 'build'>, values: Values) => CompiledQuery<Row> {
  const known = new WeakMap<Kysely<Schema>, Map<string, Template>>();
  return ({ build }, values) => {
    const templates = known.get(build) ?? new Map<string, Template>();
    known.set(build, templates);
    const shape = shapeOf(values);
    let template = templates.get(shape);
    if (!template) {
      const made = make(build, placeholdersFor(values, []) as Values);
      const query = 'compile' in made ? made.compile() : made;
      const ways = query.parameters.map((parameter) => (isPlaceholder(parameter) ? parameter[tag] : null));
      template = { query, ways };
      if (templates.size >= mostShapes) templates.clear();
      templates.set(shape, template);
    }
    const { query, ways } = template;
    const parameters = ways.map((way, place) => (way ? valueAt(values, way) : query.parameters[place]));
    return { query: query.query, queryId: query.queryId, sql: query.sql, parameters };
  };
}

/** What the text of a query depends on: how long lists are, and which columns rows have. */
function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length}${isRecord(value[0]) ? shapeOf(value[0]) : ''}]`;
  if (!isRecord(value)) return '';
  let shape = '';
  for (const name in value) shape += `${name}${shapeOf(value[name])} `;
  return shape;
}

function placeholdersFor(value: unknown, path: readonly (string | number)[]): unknown {
  if (Array.isArray(value)) return value.map((part: unknown, index) => placeholdersFor(part, [...path, index]));
  if (!isRecord(value)) return { [tag]: path };
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, placeholdersFor(part, [...path, name])]),
  );
}

function valueAt(values: unknown, path: readonly (string | number)[]): unknown {
  let value = values;
  for (const step of path) value = (value as Readonly<Record<string | number, unknown>>)[step];
  return value;
}

function isPlaceholder(value: unknown): value is Placeholder {
  return typeof value === 'object' && value !== null && tag in value;
}

/** A row or the values themselves; binary data is a value. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && !(value instanceof Date);
}
