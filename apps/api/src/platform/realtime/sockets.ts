import type { ClientFrames, ServerPushes } from '@echomate/contracts/realtime';
import type { Server, Socket } from 'socket.io';
import type { RequestViewer } from '../http/viewer.js';

/** What processes tell each other. */
interface ProcessMessages {
  broadcast: (topic: string, broadcast: object) => void;
}

export type Sockets = Server<ClientFrames, ServerPushes, ProcessMessages, RequestViewer>;
export type PersonSocket = Socket<ClientFrames, ServerPushes, ProcessMessages, RequestViewer>;
