import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** A mail server that takes every mail and keeps it as it came over the line. */
export async function smtpServer() {
  const mails: string[] = [];
  const server = createServer((socket) => {
    let isData = false;
    let waiting = '';
    socket.write('220 here\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      waiting += bytes.toString();
      for (;;) {
        const end = waiting.indexOf(isData ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const line = waiting.slice(0, end);
        waiting = waiting.slice(end + (isData ? 5 : 2));
        if (isData) mails.push(line.replaceAll('=\r\n', '').replaceAll('\r\n ', ' '));
        const isBegun: boolean = !isData && line === 'DATA';
        socket.write(isBegun ? '354 go on\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n');
        isData = isBegun;
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, mails, close: () => server.close() };
}
