/** Loaded into a server before it begins: tells the benchmark how much processor time it has used, in milliseconds. */
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send!((user + system) / 1000);
});
// Does not keep the process alive by itself.
process.channel!.unref();
