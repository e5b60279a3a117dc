import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** An address that leads to the first of some servers that lets us in, as a load balancer's does. */
export async function openFront(
  ports: number[],
  ownPort = 0,
): Promise<{ url: string; close: () => void }> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    open.add(client);
    client.on('error', () => client.destroy()).on('close', () => open.delete(client));
    const tryFrom = (at: number) => {
      const port = ports[at];
      if (port === undefined) return void client.destroy();
      const upstream = connect(port, '127.0.0.1');
      let isConnected = false;
      upstream.on('connect', () => {
        isConnected = true;
        client.pipe(upstream).pipe(client);
        client.on('close', () => upstream.destroy());
        upstream.on('close', () => client.destroy());
      });
      upstream.on('error', () => (isConnected ? client.destroy() : tryFrom(at + 1)));
    };
    tryFrom(0);
  });
  server.listen(ownPort, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
