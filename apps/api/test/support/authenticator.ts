import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type {
  AddPasskeyRequest,
  PasskeyAnswer,
  PasskeyOffer,
  PasskeyQuestion,
} from '@echomate/contracts/second-factors.dto';

type Encodable = string | number | Buffer | Map<string | number, Encodable>;

/** As much of CBOR as an authenticator speaks. */
function cbor(value: Encodable): Buffer {
  const head = (major: number, size: number) =>
    size < 24
      ? Buffer.from([(major << 5) | size])
      : size < 256
        ? Buffer.from([(major << 5) | 24, size])
        : Buffer.from([(major << 5) | 25, size >> 8, size & 255]);
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const pairs = [...value].flatMap(([key, one]) => [cbor(key), cbor(one)]);
  return Buffer.concat([head(5, value.size), ...pairs]);
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
const text = (bytes: Buffer) => bytes.toString('base64url');

interface Behaviour {
  origin?: string;
  rpId?: string;
  /** Whether a finger, a face or a PIN was asked for */
  isVerified?: boolean;
  /** How often it says it has signed */
  counter?: number;
  type?: string;
}

/** An authenticator in software: one passkey, made and used as browsers do. */
export class Authenticator {
  readonly id = text(randomBytes(32));
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private userHandle = '';
  private counter = 0;

  constructor(private readonly origin: string) {}

  create(offer: PasskeyOffer, name = 'A key', behaviour: Behaviour = {}): AddPasskeyRequest {
    this.userHandle = offer.user.id;
    const id = Buffer.from(this.id, 'base64url');
    const length = Buffer.from([id.length >> 8, id.length & 255]);
    const data = this.data(
      offer.rp.id,
      behaviour,
      Buffer.concat([Buffer.alloc(16), length, id, coseOf(this.keys.publicKey)]),
    );
    return {
      name,
      id: this.id,
      clientDataJSON: text(this.client('webauthn.create', offer.challenge, behaviour)),
      attestationObject: text(
        cbor(
          new Map<string, Encodable>([
            ['fmt', 'none'],
            ['attStmt', new Map()],
            ['authData', data],
          ]),
        ),
      ),
      transports: ['internal'],
    };
  }

  answer({ challenge, rpId }: PasskeyQuestion, behaviour: Behaviour = {}): PasskeyAnswer {
    const client = this.client('webauthn.get', challenge, behaviour);
    const data = this.data(rpId, behaviour);
    const signed = Buffer.concat([data, sha256(client)]);
    return {
      id: this.id,
      clientDataJSON: text(client),
      authenticatorData: text(data),
      signature: text(sign('sha256', signed, this.keys.privateKey)),
      ...(this.userHandle && { userHandle: this.userHandle }),
    };
  }

  private client(type: string, challenge: string, behaviour: Behaviour): Buffer {
    const origin = behaviour.origin ?? this.origin;
    return Buffer.from(JSON.stringify({ type: behaviour.type ?? type, challenge, origin }));
  }

  private data(rpId: string, behaviour: Behaviour, credential?: Buffer): Buffer {
    const { isVerified = true, counter = ++this.counter } = behaviour;
    const flags = 0x01 | (isVerified ? 0x04 : 0) | (credential ? 0x40 : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const parts = [sha256(behaviour.rpId ?? rpId), Buffer.from([flags]), count];
    return Buffer.concat(credential ? [...parts, credential] : parts);
  }
}

function coseOf(key: KeyObject): Buffer {
  const { x, y } = key.export({ format: 'jwk' });
  return cbor(
    new Map<number, Encodable>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x!, 'base64url')],
      [-3, Buffer.from(y!, 'base64url')],
    ]),
  );
}
