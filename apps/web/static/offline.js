const ASK_EVERY_MS = 10_000;

/** Back online, or the server is up again. */
const openIfReachable = async () => {
  const answer = await fetch('/health/live').catch(() => undefined);
  if (answer?.ok) location.reload();
};

addEventListener('online', openIfReachable);
setInterval(openIfReachable, ASK_EVERY_MS);
