/** The files of the app itself, under the time of the build: a new build is a new cache, beside that of the build before. */
const prefix = 'coterie-app-';
const page = '/';

async function current(): Promise<Cache | undefined> {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix)).toSorted();
  const newest = names.at(-1);
  return newest === undefined ? undefined : caches.open(newest);
}

/** Fetches all files of the newest build, so that also what was never opened is there without a connection. */
export async function keepApp(): Promise<void> {
  const reply = await fetch('/files.json', { cache: 'no-cache' });
  if (!reply.ok) throw new Error('The list of files could not be fetched');
  const { built, files } = (await reply.json()) as { readonly built: string; readonly files: readonly string[] };
  const name = prefix + built;
  if (!(await caches.has(name))) await (await caches.open(name)).addAll([page, ...files]);
  // Pages that are open over an upgrade find there what the server no longer has.
  const others = (await caches.keys()).filter((other) => other.startsWith(prefix) && other !== name).toSorted();
  await Promise.all(others.slice(0, -1).map((other) => caches.delete(other)));
}

/** Forgets the app. */
export async function forgetApp(): Promise<void> {
  await Promise.all((await caches.keys()).filter((name) => name.startsWith(prefix)).map((name) => caches.delete(name)));
}

/** A page of the app: from the server as long as it answers, else as it was kept. */
export async function openPage(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await (await current())?.match(page);
    if (kept) return kept;
    throw error;
  }
}

/** A file of the app: its name changes with its content, so that what was kept is right. */
export async function openFile(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}
