import {
  cancelImport,
  createImport,
  forgetImport,
  listImports,
  listKept,
  listProblems,
  requireFields,
  undoImport,
} from '../../../../core/import/importRuns.ts';
import type { ImportView } from '../../../../core/import/importRuns.ts';
import { createZimbraImport } from '../../../../core/import/zimbra/createZimbraImport.ts';
import type { ZimbraChoices } from '../../../../core/import/zimbra/zimbraChoices.ts';
import { previewImport } from '../../../../core/import/previewImport.ts';
import { changesOf } from '../../../../core/sync/changesOf.ts';
import { stateOf } from '../../../../core/sync/states.ts';
import { invalid, notFound } from '../../../../errors.ts';
import type { ReadingChoices } from '../../../../format/import/readFile.ts';
import { isStrings } from '../../../../lib/json.ts';
import type { Json, JsonObject } from '../../../../lib/json.ts';
import { capability } from '../../capabilities.ts';
import { changesMethod } from '../../engine/changesMethod.ts';
import { requireAccount } from '../../engine/define.ts';
import type { Call, Method, Properties } from '../../engine/define.ts';
import { getMethod } from '../../engine/getMethod.ts';
import { isId } from '../../engine/readArguments.ts';
import { setMethod } from '../../engine/setMethod.ts';
import { realBlobId } from '../Blob.ts';
import { asText, asTextOrNull } from '../values.ts';

const serverSet = { serverSet: true } as const;

const properties = {
  id: serverSet,
  kind: { immutable: true, default: 'file' },
  addressBookId: { immutable: true, default: null },
  blobAccountId: { immutable: true, default: null },
  blobId: { immutable: true },
  name: { immutable: true, default: '' },
  duplicates: { immutable: true, default: 'skip' },
  charset: { immutable: true, default: null },
  delimiter: { immutable: true, default: null },
  fields: { immutable: true, default: null },
  dates: { immutable: true, default: null },
  shares: { immutable: true, default: 'none' },
  withTrash: { immutable: true, default: false },
  state: { default: 'waiting' },
  reason: serverSet,
  total: serverSet,
  done: serverSet,
  made: serverSet,
  merged: serverSet,
  skipped: serverSet,
  failed: serverSet,
  undone: serverSet,
  kept: serverSet,
  createdAt: serverSet,
  endedAt: serverSet,
} satisfies Properties;

const common = {
  type: 'ContactImport',
  capability: capability.vendor,
  account: 'own',
  state: (call: Call, accountId: string) => stateOf(call.context, accountId, 'ContactImport'),
} as const;

/** The imports of the person: how far they are, and what became of them. */
export const contactImportGet = getMethod({
  ...common,
  properties,
  load: async ({ context }, _accountId, ids) => (await listImports(context.db, context, ids)).map(toJson),
});

/** The change log of imports, by which progress is followed. */
export const contactImportChanges = changesMethod({
  ...common,
  changes: (call, accountId, since, most) => changesOf(call.context, accountId, 'ContactImport', since, most),
});

/** Begins imports; `state` stops (`cancelled`) or takes back (`undoing`). */
export const contactImportSet = setMethod({
  ...common,
  properties,
  references: { addressBookId: 'value' },
  reasonsAsTypes: ['underWay'],
  async create({ call, accountId }, value) {
    if (value['state'] !== 'waiting') throw invalid('state', 'An import begins by waiting');
    const blobAccountId = asTextOrNull('blobAccountId', value['blobAccountId']) ?? accountId;
    const source = {
      blobAccountId,
      blobId: realBlobId(call.createdIds, asText('blobId', value['blobId'])),
      name: asText('name', value['name']),
    };
    const isZimbra = oneOf('kind', value['kind'], ['file', 'zimbra'] as const) === 'zimbra';
    const id = isZimbra
      ? await createZimbraImport(call.context, { ...source, choices: readZimbraChoices(value) })
      : await createImport(call.context, {
          ...source,
          bookId: asText('addressBookId', value['addressBookId']),
          choices: {
            ...readChoices(value),
            duplicates: oneOf('duplicates', value['duplicates'], ['skip', 'merge', 'keep'] as const),
          },
        });
    const [made] = await listImports(call.context.db, call.context, [id]);
    return { ...toJson(made!), id };
  },
  async update({ call }, id, patch) {
    const [current] = await listImports(call.context.db, call.context, [id]);
    if (!current) throw notFound('import');
    const { next, changed } = patch.apply({
      ...toJson(current),
      charset: null,
      delimiter: null,
      fields: null,
      dates: null,
    });
    if (!changed.has('state')) return null;
    if (next['state'] === 'cancelled') await cancelImport(call.context, id);
    else if (next['state'] === 'undoing') await undoImport(call.context, id);
    else throw invalid('state', 'state is cancelled or undoing');
    const [after] = await listImports(call.context.db, call.context, [id]);
    return after?.state === next['state'] ? null : { state: after!.state };
  },
  destroy: ({ call }, id) => forgetImport(call.context, id),
});

/** ContactImport/preview: what an upload holds and what an import of it would do, without keeping anything. */
export const contactImportPreview: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'addressBookId', 'blobAccountId', 'blobId', 'charset', 'delimiter', 'fields', 'dates'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'own');
    const bookId = args.id('addressBookId');
    const blobAccountId = args.optionalId('blobAccountId') ?? accountId;
    const blobId = realBlobId(call.createdIds, args.string('blobId'));
    if (!isId(blobId)) throw notFound('blob');
    const choices = readChoices(args.all);
    requireFields(choices);
    const { context } = call;
    return { accountId, ...(await previewImport(context, { bookId, blobAccountId, blobId }, choices)) };
  },
};

const mostInReport = 1000;

/** ContactImport/report: line by line, what an import did not understand. */
export const contactImportReport: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'id', 'position', 'limit'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'own');
    const id = args.id('id');
    const position = args.optionalUnsigned('position') ?? 0;
    const limit = Math.min(args.optionalUnsigned('limit') ?? mostInReport, mostInReport);
    const { total, problems } = await listProblems(call.context, id, { position, limit });
    const list = problems.map(({ file, line, reason, is_lost: isLost, detail, text }) => ({
      file,
      line,
      reason,
      detail,
      text,
      isLost: isLost === 1,
    }));
    return { accountId, id, position, total, list, keptIds: await listKept(call.context, id) };
  },
};

function toJson(view: ImportView): JsonObject {
  const { book_id, blob_account_id, blob_id, created_at, ended_at, choices, ...rest } = view;
  return {
    ...rest,
    duplicates: choices.duplicates ?? 'skip',
    shares: choices.shares ?? 'none',
    withTrash: choices.withTrash ?? false,
    addressBookId: rest.kind === 'file' ? book_id : null,
    blobAccountId: blob_account_id,
    blobId: blob_id,
    createdAt: created_at,
    endedAt: ended_at,
  };
}

function readChoices(value: JsonObject): ReadingChoices {
  const fields = value['fields'] ?? null;
  if (fields !== null && !(Array.isArray(fields) && isStrings(fields.filter((field) => field !== null))))
    throw invalid('fields', 'An array of fields and null');
  const delimiter = asTextOrNull('delimiter', value['delimiter'] ?? null);
  if (delimiter !== null && delimiter.length !== 1) throw invalid('delimiter', 'One sign');
  const dates = value['dates'] ?? null;
  return {
    charset: asTextOrNull('charset', value['charset'] ?? null),
    delimiter,
    fields: fields as ReadingChoices['fields'],
    dates: dates === null ? null : oneOf('dates', dates, ['dmy', 'mdy'] as const),
  };
}

/** How an account of Zimbra is taken over. */
export function readZimbraChoices(value: JsonObject): ZimbraChoices {
  const withTrash = value['withTrash'] ?? false;
  if (typeof withTrash !== 'boolean') throw invalid('withTrash', 'withTrash is true or false');
  return { shares: oneOf('shares', value['shares'] ?? 'none', ['none', 'quiet', 'mail'] as const), withTrash };
}

function oneOf<T extends string>(name: string, value: Json | undefined, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw invalid(name, `${name} is one of ${allowed.join(', ')}`);
  return found;
}
