import { isObject, isStrings } from '../../lib/json.ts';
import { isMap, listOf, readMetadata, textIn } from './bencode.ts';
import type { Metadata } from './bencode.ts';
import { ZimbraFormatError } from './types.ts';
import type { ZimbraContact, ZimbraMember } from './types.ts';

const mostMembers = 10_000;

/** The attributes of a contact, as they are kept: several values of one name are JSON, the members of a group metadata. */
export function readAttributes(
  fields: Readonly<Record<string, Metadata>>,
): Pick<ZimbraContact, 'attributes' | 'members'> {
  const attributes = new Map<string, readonly string[]>();
  let members: readonly ZimbraMember[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const text = textIn(value);
    if (text === undefined || text.trim() === '') continue;
    if (name === 'groupMember') members = membersIn(text);
    else attributes.set(name, valuesIn(text));
  }
  const list = attributes.get('dlist');
  attributes.delete('dlist');
  if (members.length === 0 && list) members = addressesIn(list.join(','));
  return { attributes, members: members.slice(0, mostMembers) };
}

function valuesIn(text: string): readonly string[] {
  if (!text.startsWith('{"ZMVAL":')) return [text];
  try {
    const json: unknown = JSON.parse(text);
    const values = isObject(json) ? json['ZMVAL'] : undefined;
    return isStrings(values) ? values : [text];
  } catch {
    return [text];
  }
}

function membersIn(text: string): ZimbraMember[] {
  try {
    return listOf(readMetadata(text)['m']).flatMap((member): ZimbraMember[] => {
      const [type, value] = isMap(member) ? [member['t'], textIn(member['v'])] : [];
      return (type === 'C' || type === 'G' || type === 'I') && value !== undefined ? [{ type, value }] : [];
    });
  } catch (error) {
    if (error instanceof ZimbraFormatError) return [];
    throw error;
  }
}

/** Groups of before version 8 are a line of addresses; a comma in a quoted name is a part of it. */
function addressesIn(line: string): ZimbraMember[] {
  const parts = line.match(/(?:"(?:[^"\\]|\\.)*"|[^",])+/gu) ?? [];
  return parts.map((part) => ({ type: 'I' as const, value: part.trim() })).filter(({ value }) => value !== '');
}
