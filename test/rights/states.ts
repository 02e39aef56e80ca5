import { setGroupMembers } from '../../src/core/principal/setGroupMembers.ts';
import { createGroup } from '../../src/core/principal/createGroup.ts';
import { comeAsGuest } from '../kit/guest.ts';
import { createTestApp } from '../kit/world.ts';
import type { TestApp } from '../kit/world.ts';
import type { Person } from '../kit/person.ts';

/** Ada's shared folder with everything that an operation may want, and the one who tries it. */
export type Scene = {
  readonly app: TestApp;
  readonly owner: Person;
  readonly who: Person;
  readonly bookId: string;
  /** A sub-folder of it. */
  readonly subBookId: string;
  /** Another folder of the owner, which nobody else may see. */
  readonly privateBookId: string;
  readonly cardId: string;
  readonly blobId: string;
  readonly privateCardId: string;
  /** The share through which `who` came; the one of Chloé's for those who came through none. */
  readonly shareId: string;
  /** Chloé's share on the same folder. */
  readonly otherShareId: string;
  /** The public link, for the row that has one. */
  readonly publicUrl: string | null;
};

/** How one stands to the folder. */
export type State = {
  readonly name: string;
  readonly prepare: (stage: Stage) => Promise<Partial<Pick<Scene, 'who' | 'shareId' | 'publicUrl'>>>;
};

/** What there is before anybody tries anything. */
export type Stage = {
  readonly app: TestApp;
  readonly bookId: string;
  share(value: object): Promise<string>;
  answer(who: Person, status: string): Promise<void>;
};

const roles = ['admin', 'manager', 'contributor', 'viewer', 'none'] as const;

const withRole = (role: string, status: string): State => ({
  name: `${role}, ${status}`,
  async prepare({ app, share, answer }) {
    const shareId = await share({ principalId: app.ben.id, role });
    if (status !== 'waiting' && role !== 'none') await answer(app.ben, status);
    return { shareId };
  },
});

/** Every row of the matrix. */
export const states: readonly State[] = [
  { name: 'owner', prepare: async ({ app }) => ({ who: app.ada }) },
  ...roles.map((role) => withRole(role, 'accepted')),
  ...roles.map((role) => withRole(role, 'waiting')),
  ...roles.filter((role) => role !== 'none').map((role) => withRole(role, 'declined')),
  {
    name: 'manager, ended by the owner',
    async prepare({ app, share, answer }) {
      const shareId = await share({ principalId: app.ben.id, role: 'manager' });
      await answer(app.ben, 'accepted');
      await app.ada.call('Share/set', { destroy: [shareId] });
      return {};
    },
  },
  {
    name: 'manager, past the end date',
    async prepare({ app, share, answer }) {
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      await share({ principalId: app.ben.id, role: 'manager', expiresAt });
      await answer(app.ben, 'accepted');
      app.clock.advance(3_600_001);
      return {};
    },
  },
  { name: 'member of a group that is manager', prepare: (stage) => throughGroup(stage) },
  {
    name: 'former member of a group that is manager',
    async prepare(stage) {
      const { groupId, shareId } = await throughGroup(stage);
      await setGroupMembers(stage.app.world, groupId, []);
      return { shareId };
    },
  },
  {
    name: 'viewer who is manager through a group',
    async prepare(stage) {
      const { shareId } = await throughGroup(stage);
      await stage.share({ principalId: stage.app.ben.id, role: 'viewer' });
      return { shareId };
    },
  },
  {
    name: 'viewer through a group, « none » in person',
    async prepare(stage) {
      const { shareId } = await throughGroup(stage, 'viewer');
      await stage.share({ principalId: stage.app.ben.id, role: 'none' });
      return { shareId };
    },
  },
  { name: 'guest, who came', prepare: (stage) => asGuest(stage) },
  { name: 'guest who contributes', prepare: (stage) => asGuest(stage, 'contributor') },
  {
    name: 'member of a group that is contributor',
    prepare: (stage) => throughGroup(stage, 'contributor'),
  },
  {
    name: 'contributor whose share is to look only, now',
    async prepare({ app, share, answer }) {
      const shareId = await share({ principalId: app.ben.id, role: 'contributor' });
      await answer(app.ben, 'accepted');
      await app.ada.call('Share/set', { update: { [shareId]: { role: 'viewer' } } });
      return { shareId };
    },
  },
  {
    name: 'guest, ended by the owner',
    async prepare(stage) {
      const { who, shareId } = await asGuest(stage);
      await stage.app.ada.call('Share/set', { destroy: [shareId] });
      return { who };
    },
  },
  { name: 'stranger', prepare: async () => ({}) },
  {
    name: 'anybody with the public link',
    async prepare({ app, share }) {
      const shareId = await share({ type: 'public' });
      const { list } = await app.ada.call('Share/get', { ids: [shareId] });
      return { publicUrl: list![0]!['url']! };
    },
  },
];

async function asGuest({ app, share }: Stage, role = 'viewer'): Promise<{ who: Person; shareId: string }> {
  const email = 'ines@ailleurs.example';
  const shareId = await share({ type: 'guest', email, role });
  return { who: await comeAsGuest(app, email), shareId };
}

async function throughGroup(
  { app, share, answer }: Stage,
  role = 'manager',
): Promise<{ groupId: string; shareId: string }> {
  const { id: groupId } = await createGroup(app.world, { name: 'Accueil', email: 'accueil@demo.example' });
  await setGroupMembers(app.world, groupId, [app.ben.id]);
  const shareId = await share({ principalId: groupId, role });
  await answer(app.ben, 'accepted');
  return { groupId, shareId };
}

/** Sets the scene for one row. */
export async function openScene(state: State): Promise<Scene> {
  const app = await createTestApp();
  const { ada, ben, chloe } = app;
  const bookId = await create(ada, 'AddressBook', { name: 'Presse' });
  const subBookId = await create(ada, 'AddressBook', { name: 'Locale', parentId: bookId });
  const privateBookId = await create(ada, 'AddressBook', { name: 'Famille' });
  const blobId = await upload(ada);
  const media = { photo: { kind: 'photo', blobId, mediaType: 'image/png' } };
  const cardId = await create(ada, 'ContactCard', {
    name: { full: 'Jean Dupont' },
    media,
    addressBookIds: { [bookId]: true },
  });
  const privateCardId = await create(ada, 'ContactCard', {
    name: { full: 'Tante Rose' },
    addressBookIds: { [privateBookId]: true },
  });
  const share = (value: object) => create(ada, 'Share', { addressBookId: bookId, role: 'viewer', ...value });
  const otherShareId = await share({ principalId: chloe.id });
  const answer = async (who: Person, status: string) => {
    const { updated } = await who.call('ShareInvitation/set', { update: { [bookId]: { status } } });
    if (!(bookId in updated!)) throw new Error('The answer was not taken');
  };
  const prepared = await state.prepare({ app, bookId, share, answer });
  const scene = {
    app,
    owner: ada,
    who: ben,
    bookId,
    subBookId,
    privateBookId,
    cardId,
    blobId,
    privateCardId,
    otherShareId,
    publicUrl: null,
  };
  return { ...scene, shareId: otherShareId, ...prepared };
}

/** Creates one object in the person's own account; its id. */
export async function create(person: Person, type: string, value: object): Promise<string> {
  const { created, notCreated } = await person.call(`${type}/set`, { create: { new: value } });
  if (!created?.['new']) throw new Error(`${type} was not created: ${JSON.stringify(notCreated)}`);
  return created['new']['id']!;
}

/** A picture of one pixel. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function upload(person: Person): Promise<string> {
  const response = await person.fetch(`/jmap/upload/${person.id}`, {
    method: 'POST',
    headers: { 'Content-Type': 'image/png' },
    body: pixel,
  });
  return ((await response.json()) as { blobId: string }).blobId;
}
