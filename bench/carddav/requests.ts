import { rareWord } from './cards.ts';

const xml = { 'Content-Type': 'application/xml; charset=utf-8' };
const namespaces = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"';

/** A request but for its address. */
export type Question = {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** Who am I: what a client asks first. */
export const discovery: Question = {
  method: 'PROPFIND',
  headers: { ...xml, Depth: '0' },
  body: `<d:propfind ${namespaces}><d:prop><d:current-user-principal/><d:resourcetype/><d:displayname/></d:prop></d:propfind>`,
};

/** The names and entity tags of all cards. */
export const listing: Question = {
  method: 'PROPFIND',
  headers: { ...xml, Depth: '1' },
  body: `<d:propfind ${namespaces}><d:prop><d:getetag/><d:resourcetype/></d:prop></d:propfind>`,
};

/** What has changed since a token; everything without one. */
export function sync(token: string): Question {
  return {
    method: 'REPORT',
    headers: { ...xml, Depth: '1' },
    body: `<d:sync-collection ${namespaces}><d:sync-token>${token}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>`,
  };
}

/** The token in an answer to that; null: the server knows no such thing. */
export function tokenIn(answer: Buffer): string | null {
  return /<(?:\w+:)?sync-token[^>]*>([^<]+)<\/(?:\w+:)?sync-token>\s*/u.exec(answer.toString())?.[1]?.trim() ?? null;
}

/** Cards with their content. */
export function multiget(hrefs: readonly string[]): Question {
  return {
    method: 'REPORT',
    headers: { ...xml, Depth: '1' },
    body: `<c:addressbook-multiget ${namespaces}><d:prop><d:getetag/><c:address-data/></d:prop>${hrefs
      .map((href) => `<d:href>${href}</d:href>`)
      .join('')}</c:addressbook-multiget>`,
  };
}

/** The ten cards of ten thousand whose name contains a word. */
export const contains: Question = {
  method: 'REPORT',
  headers: { ...xml, Depth: '1' },
  body: `<c:addressbook-query ${namespaces}><d:prop><d:getetag/><c:address-data/></d:prop><c:filter test="anyof"><c:prop-filter name="FN"><c:text-match collation="i;unicode-casemap" match-type="contains">${rareWord.toLowerCase()}</c:text-match></c:prop-filter></c:filter></c:addressbook-query>`,
};

/** A card that is put. */
export function put(vcard: string, headers: Readonly<Record<string, string>> = {}): Question {
  return { method: 'PUT', headers: { 'Content-Type': 'text/vcard; charset=utf-8', ...headers }, body: vcard };
}
