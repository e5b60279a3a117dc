/** The maximum in use at a time. */
export interface Room {
  bytes: number;
  bodies: number;
}

/** What is in use, per network and in total. */
export class Taken {
  private readonly all: Room = { bytes: 0, bodies: 0 };
  private readonly networks = new Map<string, Room>();

  constructor(
    private readonly perNetwork: Room | null,
    private readonly inAll: Room,
  ) {}

  /** Takes more, or takes nothing and returns whose limit is reached. */
  take(network: string, more: Room): 'network' | 'all' | null {
    const own = this.networks.get(network) ?? { bytes: 0, bodies: 0 };
    if (this.perNetwork && !fits(own, more, this.perNetwork)) return 'network';
    if (!fits(this.all, more, this.inAll)) return 'all';
    this.networks.set(network, own);
    for (const taken of [own, this.all]) {
      taken.bytes += more.bytes;
      taken.bodies += more.bodies;
    }
    return null;
  }

  giveBack(network: string, { bytes, bodies }: Room): void {
    const own = this.networks.get(network)!;
    for (const taken of [own, this.all]) {
      taken.bytes -= bytes;
      taken.bodies -= bodies;
    }
    if (own.bodies === 0) this.networks.delete(network);
  }
}

const fits = (taken: Room, more: Room, room: Room) =>
  taken.bytes + more.bytes <= room.bytes && taken.bodies + more.bodies <= room.bodies;
