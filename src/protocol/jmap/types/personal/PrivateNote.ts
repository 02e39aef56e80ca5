import { createNote, destroyNote, updateNote } from '../../../../core/privateNote/writeNote.ts';
import { visibleNotes } from '../../../../core/privateNote/visibleNotes.ts';
import type { PrivateNote } from '../../../../core/privateNote/visibleNotes.ts';
import { noteChanges } from '../../../../core/sync/noteChanges.ts';
import { stateOf } from '../../../../core/sync/states.ts';
import { AppError, invalid, notFound } from '../../../../errors.ts';
import type { JsonObject } from '../../../../lib/json.ts';
import { utcDate } from '../../../../lib/utcDate.ts';
import { capability, limits } from '../../capabilities.ts';
import { changesMethod } from '../../engine/changesMethod.ts';
import type { Call, Properties } from '../../engine/define.ts';
import { getMethod } from '../../engine/getMethod.ts';
import { queryMethod, resultsOf } from '../../engine/queryMethod.ts';
import { setMethod } from '../../engine/setMethod.ts';
import { asText } from '../values.ts';

const properties = {
  id: { serverSet: true },
  cardId: { immutable: true },
  cardAccountId: { serverSet: true },
  text: {},
  updated: { serverSet: true },
} satisfies Properties;

const common = {
  type: 'PrivateNote',
  capability: capability.vendor,
  account: 'own',
  state: (call: Call, accountId: string) => stateOf(call.context, accountId, 'PrivateNote'),
} as const;

/** PrivateNote/get: what the person noted about contacts, for themselves (docs/jmap-extension.md). */
export const privateNoteGet = getMethod({
  ...common,
  properties,
  async load({ context }, _accountId, ids) {
    const notes = await visibleNotes(context.db, context, ids);
    return notes.slice(0, limits.maxObjectsInGet + 1).map(toJson);
  },
});

/** PrivateNote/changes. */
export const privateNoteChanges = changesMethod({
  ...common,
  changes: (call, _accountId, since, most) => noteChanges(call.context, since, most),
});

/** PrivateNote/query: all of them, the newest first. Contacts are found by their notes with ContactCard/query. */
export const privateNoteQuery = queryMethod<object, never>({
  ...common,
  filter: {},
  sort: {},
  run: async ({ context }) => resultsOf((await visibleNotes(context.db, context, null)).map(({ id }) => id)),
});

/** PrivateNote/set: it needs no more than that the contact may be read. */
export const privateNoteSet = setMethod({
  ...common,
  properties,
  references: { cardId: 'value' },
  async create({ call }, { cardId, text }) {
    const contactId = asText('cardId', cardId);
    const note = await createNote(call.context, contactId, asText('text', text)).catch((error: unknown) => {
      throw isMissing(error) ? invalid('cardId', 'No such contact') : error;
    });
    return { ...toJson(note), id: note.id };
  },
  async update({ call }, id, patch) {
    const [note] = await visibleNotes(call.context.db, call.context, [id]);
    if (!note) throw notFound('private note');
    const { next } = patch.apply(toJson(note));
    const { updated } = await updateNote(call.context, id, asText('text', next['text']));
    return { updated: utcDate(updated) };
  },
  destroy: ({ call }, id) => destroyNote(call.context, id),
});

function toJson({ id, accountId, text, updated }: PrivateNote): JsonObject {
  return { id, cardId: id, cardAccountId: accountId, text, updated: utcDate(updated) };
}

function isMissing(error: unknown): boolean {
  return error instanceof AppError && error.kind === 'notFound';
}
