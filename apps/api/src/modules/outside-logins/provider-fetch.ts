import type { CustomFetch } from 'openid-client';

const TIMEOUT_MS = 4000;
/** Metadata, keys and profiles take some kilobytes. */
const MAX_BYTES = 1024 * 1024;

/** The site did not answer, or said that it cannot. */
export class ProviderAway extends Error {}

/** Waits for a provider as long as people do, and reads no more than it has to say. */
export const providerFetch: CustomFetch = async (url, { body, method, headers }) => {
  try {
    const answer = await fetch(url, {
      method,
      headers: { 'user-agent': 'Echomate', ...headers },
      ...(body != null && { body: body as NonNullable<RequestInit['body']> }),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const bytes = await bytesOf(answer);
    if (answer.status >= 500) throw new Error(`answered ${answer.status}`);
    const { status, statusText } = answer;
    const kind = answer.headers.get('content-type');
    const challenge = answer.headers.get('www-authenticate');
    return new Response(bytes.length ? bytes : null, {
      status,
      statusText,
      headers: {
        ...(kind && { 'content-type': kind }),
        ...(challenge && { 'www-authenticate': challenge }),
      },
    });
  } catch (cause) {
    throw new ProviderAway(`${new URL(url).origin} is away`, { cause });
  }
};

async function bytesOf(answer: Response): Promise<Buffer<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.length;
    if (size > MAX_BYTES) throw new Error('says too much');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Whether an error, or what caused it, is that the provider is away. */
export function isAway(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause)
    if (each instanceof ProviderAway) return true;
  return false;
}
