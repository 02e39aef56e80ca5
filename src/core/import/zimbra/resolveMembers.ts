import { createHash } from 'node:crypto';
import type { Reader } from '../../../db/database.ts';
import { isEmailAddress } from '../../../format/mail/emailAddress.ts';
import type { ZimbraMember } from '../../../format/zimbra/types.ts';
import { findPrincipalByEmail } from '../../principal/findPrincipalByEmail.ts';
import type { NotedProblem } from '../progress.ts';
import type { Judging } from './judgeContact.ts';
import type { ReadContact } from './readContact.ts';
import { findItem } from './zimbraItems.ts';

/** A group with its members as they are here; those that are not found are reported. */
export async function withMembers(reader: Reader, judging: Judging, group: ReadContact): Promise<ReadContact> {
  const uids: string[] = [];
  const problems: NotedProblem[] = [];
  const { text } = group.candidate.item;
  for (const member of group.members) {
    const uid = await uidOf(reader, judging, member);
    if (uid !== undefined) uids.push(uid);
    else
      problems.push({ file: null, line: 0, reason: 'member', isLost: false, text, detail: member.value.slice(0, 300) });
  }
  if (group.members.length === 0) return group;
  const members = Object.fromEntries(uids.map((uid) => [uid, true as const]));
  const { candidate } = group;
  return {
    ...group,
    candidate: { ...candidate, card: { ...candidate.card, members } },
    // Members that are found later change it.
    mark: createHash('sha256')
      .update(JSON.stringify([group.mark, uids]))
      .digest('base64url')
      .slice(0, 27),
    problems: [...group.problems, ...problems],
  };
}

async function uidOf(reader: Reader, judging: Judging, { type, value }: ZimbraMember): Promise<string | undefined> {
  if (type === 'I') return addressUid(value);
  return type === 'C' ? contactUid(reader, judging, value) : directoryUid(reader, value);
}

/** A contact of the same mailbox; that of another has its account before it. */
async function contactUid(
  reader: Reader,
  { principalId, source }: Judging,
  value: string,
): Promise<string | undefined> {
  const key = { principal_id: principalId, source, kind: 'contact', item_id: value } as const;
  const item = await findItem(reader, key);
  if (!item) return undefined;
  const card = reader.build.selectFrom('card').select('uid').where('id', '=', item.object_id);
  return (await reader.first(card.where('trash_id', 'is', null)))?.uid;
}

/** An entry of the directory is named by its DN: that of ours; else what it says of an account of Zimbra. */
async function directoryUid(reader: Reader, dn: string): Promise<string | undefined> {
  const entry = reader.build.selectFrom('principal').select('email').where('place', '=', dn).where('is_active', '=', 1);
  const found = (await reader.first(entry))?.email;
  if (found) return addressUid(found);
  const parts = dn.split(',').map((part) => part.trim());
  const [, user] = /^uid=([^=+]+)$/iu.exec(parts[0] ?? '') ?? [];
  const domain = parts.flatMap((part) => /^dc=(.+)$/iu.exec(part)?.[1] ?? []).join('.');
  if (user === undefined || domain === '') return undefined;
  const person = await findPrincipalByEmail(reader, `${user}@${domain}`);
  return person?.email ? addressUid(person.email) : undefined;
}

/** `"Ada" <ada@demo.example>`, as a group names an address (RFC 6350 §6.6.5). */
function addressUid(value: string): string | undefined {
  const address = (/<([^<>]+)>$/u.exec(value.trimEnd())?.[1] ?? value).trim();
  return isEmailAddress(address) ? `mailto:${encodeURIComponent(address).replaceAll('%40', '@')}` : undefined;
}
