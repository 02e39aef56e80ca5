import { basicHeader } from '../../test/kit/person.ts';
import type { Stage } from './stage.ts';

const using = ['urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:contacts'];

/** Somebody of the demonstration, who comes by another program than the web app. */
export type Program = {
  /** Their account. */
  readonly own: string;
  set(type: string, args: object): Promise<string>;
  /** The id of what was made; '' if it was not. */
  create(type: string, value: object): Promise<string>;
};

/** Signs somebody in: `ada`. */
export async function openProgram(stage: Stage, name: string): Promise<Program> {
  const headers = { Authorization: basicHeader(`${name}@demo.example`, 'demo'), 'Content-Type': 'application/json' };
  const reply = await fetch(`${stage.url}/jmap/session`, { headers });
  const { primaryAccounts } = (await reply.json()) as { primaryAccounts: Record<string, string> };
  const own = primaryAccounts['urn:ietf:params:jmap:contacts']!;
  const set = async (type: string, args: object) => {
    const body = JSON.stringify({ using, methodCalls: [[`${type}/set`, { accountId: own, ...args }, 'c']] });
    const response = await fetch(`${stage.url}/jmap/api`, { method: 'POST', headers, body });
    const { methodResponses } = (await response.json()) as {
      methodResponses: [[string, { created: Record<string, { id: string }> | null }]];
    };
    return methodResponses[0][1].created?.['new']?.id ?? '';
  };
  return { own, set, create: (type, value) => set(type, { create: { new: value } }) };
}
