import { basicHeader } from '../../test/kit/person.ts';
import type { Stage } from './stage.ts';

const using = [
  'urn:ietf:params:jmap:core',
  'urn:ietf:params:jmap:contacts',
  'urn:ietf:params:jmap:principals',
  'https://coterie.example/jmap/contacts',
];

/** What a program is answered, to be looked into. */
export type Answer = Readonly<Record<string, unknown>>;

/** Somebody of the demonstration, who comes by another program than the web app. */
export type Program = {
  /** Their account. */
  readonly own: string;
  call(method: string, args?: object): Promise<Answer>;
  set(type: string, args: object): Promise<string>;
  /** The id of what was made; '' if it was not. */
  create(type: string, value: object): Promise<string>;
  /** Changes an object; fails when it is refused. */
  update(type: string, id: string, patch: object): Promise<void>;
  get(type: string, id: string): Promise<Answer | undefined>;
};

/** Signs somebody in: `ada`. */
export async function openProgram(stage: Pick<Stage, 'url'>, name: string): Promise<Program> {
  const headers = { Authorization: basicHeader(`${name}@demo.example`, 'demo'), 'Content-Type': 'application/json' };
  const reply = await fetch(`${stage.url}/jmap/session`, { headers });
  const { primaryAccounts } = (await reply.json()) as { primaryAccounts: Record<string, string> };
  const own = primaryAccounts['urn:ietf:params:jmap:contacts']!;
  const call = async (method: string, args: object = {}) => {
    const body = JSON.stringify({ using, methodCalls: [[method, { accountId: own, ...args }, 'c']] });
    const response = await fetch(`${stage.url}/jmap/api`, { method: 'POST', headers, body });
    const { methodResponses } = (await response.json()) as { methodResponses: [[string, Answer]] };
    return methodResponses[0][1];
  };
  const set = async (type: string, args: object) => {
    const { created } = (await call(`${type}/set`, args)) as { created?: Record<string, { id: string }> | null };
    return created?.['new']?.id ?? '';
  };
  return {
    own,
    call,
    set,
    create: (type, value) => set(type, { create: { new: value } }),
    update: async (type, id, patch) => {
      const answer = await call(`${type}/set`, { update: { [id]: patch } });
      if (!(id in ((answer['updated'] ?? {}) as object))) throw new Error(JSON.stringify(answer));
    },
    get: async (type, id) => ((await call(`${type}/get`, { ids: [id] }))['list'] as Answer[] | undefined)?.[0],
  };
}
