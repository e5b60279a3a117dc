import type { IncomingMessage } from 'node:http';

/** Returns what is answered as JSON, or null to refuse. */
export type BareHandler = (request: IncomingMessage, body: string) => Promise<unknown>;
