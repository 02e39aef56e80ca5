/** A result of a JMAP call, to be looked into step by step; numbers and booleans are for `assert`, or `Number` and `Boolean`. */
export type Result = { readonly [name: string]: Result } & readonly Result[] & string;

/** What `jmap` gives back: RFC 8620 §3.4. */
export type Invocation = readonly [name: string, result: Result, id: string];

/** A person of the test world with a browser of their own. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** The cookies of the browser, as it sends them. */
  cookie: string;
  /** Signs in, from wherever the browser was before. */
  signIn(): Promise<Response>;
  /** As the browser does on our own pages: with the cookies, and with `Origin`. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  get(path: string): Promise<Response>;
  /** As a program does, with HTTP Basic and without cookies. */
  basic(path: string, init?: RequestInit): Promise<Response>;
  /** Runs method calls (ids are added where they are missing) and gives the responses. */
  jmap(
    methodCalls: readonly (readonly [name: string, args: object, id?: string])[],
    using?: readonly string[],
  ): Promise<Invocation[]>;
  /** Runs one method in the person's own account, unless `args` names another; the result, whichever its name. */
  call(name: string, args?: object): Promise<Result>;
};

/** All capabilities of the server. */
export const everything: readonly string[] = [
  'urn:ietf:params:jmap:core',
  'urn:ietf:params:jmap:contacts',
  'urn:ietf:params:jmap:principals',
  'urn:ietf:params:jmap:contacts:parse',
  'urn:ietf:params:jmap:blob',
  'urn:ietf:params:jmap:quota',
  'urn:ietf:params:jmap:websocket',
  'urn:ietf:params:jmap:webpush-vapid',
  'https://coterie.example/jmap/contacts',
];

/** The `Authorization` header of HTTP Basic. */
export function basicHeader(email: string, password: string): string {
  return `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`;
}

/** The cookies that a reply sets, in the form in which a browser sends them back. */
export function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0]!)
    .join('; ');
}

/** The clients of somebody who exists. */
export function createClient(
  url: string,
  facts: { id: string; name: string; email: string; password: string },
): Person {
  const { email, password } = facts;
  const person: Person = {
    ...facts,
    cookie: '',
    async signIn() {
      const response = await fetch(`${url}/site/sign-in`, postJson({ email, password }));
      person.cookie = cookiesOf(response);
      return response;
    },
    fetch: (path, init = {}) => fetch(url + path, withHeaders(init, { Cookie: person.cookie, Origin: url })),
    get: (path) => person.fetch(path),
    basic: (path, init = {}) => fetch(url + path, withHeaders(init, { Authorization: basicHeader(email, password) })),
    async jmap(calls, using = everything) {
      const methodCalls = calls.map(([name, args, id], index) => [name, args, id ?? `c${index}`]);
      const response = await person.fetch('/jmap/api', postJson({ using, methodCalls }));
      if (!response.ok) throw new Error(`JMAP answered ${response.status}: ${await response.text()}`);
      return ((await response.json()) as { methodResponses: Invocation[] }).methodResponses;
    },
    async call(name, args = {}) {
      const [first] = await person.jmap([[name, { accountId: facts.id, ...args }]]);
      return first![1];
    },
  };
  return person;
}

/** A POST with a JSON body. */
export function postJson(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

function withHeaders(init: RequestInit, headers: Record<string, string>): RequestInit {
  return {
    redirect: 'manual',
    ...init,
    headers: { ...headers, ...(init.headers as Record<string, string> | undefined) },
  };
}
