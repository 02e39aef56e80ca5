/** A transaction ends when it has lasted so long, in milliseconds: who wants to write waits no longer than that. */
const longest = 50;
/** On a machine that does much else the clock runs ahead of the work: a commit is worth this much, at least. */
const least = 10;

/** Tells whether a batch, of which so many are done, has lasted long enough. */
export function startBatch(): (done: number) => boolean {
  const began = performance.now();
  return (done) => done >= least && performance.now() - began > longest;
}
