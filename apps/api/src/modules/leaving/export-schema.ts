const text = { type: 'string' };
const id = { type: 'string', format: 'uuid' };
const moment = { type: 'string', format: 'date-time' };
const flag = { type: 'boolean' };
const orNull = (schema: { type: string }) => ({ ...schema, type: [schema.type, 'null'] });

/** What is promised of each item; there may be more, as it is what the api answers. */
const items = (description: string, properties: Record<string, object>) => ({
  description,
  type: 'array',
  items: { type: 'object', properties, required: Object.keys(properties) },
});

const person = { $ref: '#/$defs/person' };

/** Of an archive: `export.json` is the schema itself, and `data/NAME.json` the definition of that name. */
export const EXPORT_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'The data of somebody on Echomate',
  description: 'export.json; each data/NAME.json is described by the definition NAME.',
  type: 'object',
  required: ['format', 'version', 'id', 'origin', 'person', 'createdAt', 'parts', 'files'],
  properties: {
    format: { const: 'echomate-export' },
    version: { const: 1 },
    id,
    origin: { type: 'string', format: 'uri', description: 'The address of the installation' },
    person,
    createdAt: moment,
    parts: items('The files in data/ with something in them', {
      file: text,
      module: text,
      items: { type: 'integer', minimum: 1 },
    }),
    files: { type: 'integer', minimum: 0, description: 'Photos and videos in media/' },
  },
  $defs: {
    person: {
      type: 'object',
      properties: { id, handle: text, firstName: text, lastName: text },
      required: ['id', 'handle', 'firstName', 'lastName'],
    },
    users: items('The profile', {
      id,
      handle: text,
      firstName: text,
      lastName: text,
      email: text,
      createdAt: moment,
    }),
    former_handles: items('Handles that were given up, and still lead to the person', {
      handle: text,
      until: moment,
    }),
    sessions: items('Where the person is logged in', {
      id,
      device: text,
      createdAt: moment,
      lastSeenAt: moment,
    }),
    passkeys: items('Passkeys that log in', { id, name: text, createdAt: moment }),
    programs: items('Programs that may act for the person', {
      id,
      kind: text,
      name: text,
      createdAt: moment,
      endsAt: moment,
    }),
    account_history: items('What happened to the account in the last year', {
      id,
      kind: text,
      at: moment,
    }),
    identities: items('Other sites that the person logs in with', {
      id,
      label: text,
      createdAt: moment,
      lastUsedAt: moment,
    }),
    media: items('Uploads; the bytes of ID are in media/ID.webp or media/ID.mp4', {
      id,
      kind: text,
      status: text,
      alt: orNull(text),
    }),
    follows: items('Who follows whom', { kind: text }),
    blocks: items('Blocked people', { id, handle: text }),
    mutes: items('Muted people', { id, handle: text }),
    groups: items('Groups that the person runs', { id, title: text, description: text }),
    memberships: items('Groups that the person is in', { id, role: text, joinedAt: moment }),
    group_invitations: items('Invitations that the person sent', { id, groupId: id, userId: id }),
    group_requests: items('Groups that the person asked to join', { id, groupId: id }),
    event_answers: items('Answers to events', { id, eventId: id, answer: text }),
    posts: items('Posts and shares', {
      id,
      content: text,
      audience: text,
      author: person,
      createdAt: moment,
      imported: { type: ['object', 'null'], properties: { from: text, at: moment } },
    }),
    post_versions: items('Earlier versions of edited posts', { postId: id, content: text }),
    comments: items('Comments', { id, postId: id, parentId: orNull(text), content: text }),
    post_likes: items('Posts that the person likes', { id, subjectId: id }),
    comment_likes: items('Comments that the person likes', { id, subjectId: id }),
    conversations: items('Conversations that the person can read', { id }),
    participants: items('How far the person has read', { id, conversationId: id }),
    messages: items('All messages of these conversations', {
      id,
      conversationId: id,
      content: text,
      sentAt: moment,
      sender: { anyOf: [person, { type: 'null' }] },
    }),
    message_reactions: items('Reactions to messages', { id, messageId: id, emoji: text }),
    notifications: items('Notifications', { id, kind: text }),
    notification_mutes: items('What the person wants no notifications of', {}),
    notification_choices: items('Which notifications come how', {}),
    notification_settings: items('How notifications come', {}),
    push_subscriptions: items('Devices that get notifications', {}),
    dismissals: items('What the person does not want to have suggested', {}),
    discovery_settings: items('What may be suggested to whom', { isSuggested: flag }),
    insight_settings: items('What is counted', {}),
    reports: items('What the person reported', {
      id,
      kind: text,
      subjectId: id,
      reason: text,
      at: moment,
    }),
  },
} as const;
