import { resolve } from '$app/paths';

/** A message among those around it. */
export const messagePath = ({ id, conversationId }: { id: string; conversationId: string }) =>
  `${resolve('/(app)/messages/[id]', { id: conversationId })}?around=${id}`;
