/** How many seconds of a processor a task takes, however many others want one at the moment. */
export async function processorSeconds(task: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await task();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}
