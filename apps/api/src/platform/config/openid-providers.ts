import { isIP } from 'node:net';

/** A site at which people can log in by OpenID Connect. */
export interface OpenidProvider {
  /** In addresses: `/login/with/NAME` */
  name: string;
  /** On buttons: “Continue with LABEL” */
  label: string;
  /** With the subject it says who somebody is, whatever the name */
  issuer: string;
  clientId: string;
  clientSecret: string;
}

const FIELDS = ['name', 'label', 'issuer', 'clientId', 'clientSecret'] as const;

export const isLoopback = (hostname: string) =>
  hostname === 'localhost' ||
  hostname === '[::1]' ||
  (isIP(hostname) === 4 && hostname.startsWith('127.'));

/** Codes and tokens travel there: encrypted, but for providers on the machine itself. */
export function safeUrl(value: string): URL {
  if (!URL.canParse(value)) throw new Error('must be an address');
  const url = new URL(value);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    throw new Error('must start with https://');
  return url;
}

/** The value contains secrets, so an error message never repeats it. */
export function openidProviders(value: string): OpenidProvider[] {
  if (value === '') return [];
  const providers = listIn(value).map(providerIn);
  if (new Set(providers.map(({ name }) => name)).size < providers.length)
    throw new Error('every provider needs a name of its own');
  if (new Set(providers.map(({ issuer }) => issuer)).size < providers.length)
    throw new Error('an issuer can be named once');
  return providers;
}

function listIn(value: string): unknown[] {
  let list: unknown;
  try {
    list = JSON.parse(value);
  } catch {
    // Without its cause, which quotes the value.
  }
  if (!Array.isArray(list)) throw new Error('must be a JSON list');
  return list;
}

function providerIn(given: unknown): OpenidProvider {
  if (typeof given !== 'object' || given === null) throw new Error('must be a list of objects');
  const values = given as Record<string, unknown>;
  for (const field of FIELDS)
    if (typeof values[field] !== 'string' || values[field] === '')
      throw new Error(`every provider needs "${field}"`);
  if (Object.keys(values).length > FIELDS.length)
    throw new Error(`a provider has only ${FIELDS.join(', ')}`);
  const provider = values as unknown as OpenidProvider;
  if (!/^[a-z0-9-]{1,30}$/.test(provider.name) || provider.name === 'github')
    throw new Error('a name is made of small letters, digits and hyphens; "github" is taken');
  if (provider.label.length > 40) throw new Error('a label has up to 40 characters');
  safeUrl(provider.issuer);
  return provider;
}
