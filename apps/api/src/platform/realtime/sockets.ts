import type { ClientFrames, ServerPushes } from '@echomate/contracts/realtime';
import type { Server, Socket } from 'socket.io';
import type { RequestViewer } from '../http/viewer.js';

type NoFrames = Record<string, never>;

export type Sockets = Server<ClientFrames, ServerPushes, NoFrames, RequestViewer>;
export type PersonSocket = Socket<ClientFrames, ServerPushes, NoFrames, RequestViewer>;
