/** What the server pushes to open pages. Whoever pushes asks the access rule for each recipient at that moment. */
export interface ServerPushes {
  /** This session is over; the connection ends. */
  'session.ended': () => void;
}

/** What pages send over the socket: what nobody keeps. Everything that is kept goes over HTTP. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface ClientFrames {}
