import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** Who asks, as every guarded route knows them. */
export interface RequestViewer {
  userId: string;
  sessionId: string;
}

export type ViewerRequest = Request & { viewer?: RequestViewer };

export const CurrentViewer = createParamDecorator(
  (_: unknown, context: ExecutionContext): RequestViewer => {
    const { viewer } = context.switchToHttp().getRequest<ViewerRequest>();
    if (!viewer) throw new Error('A public route asked who is signed in');
    return viewer;
  },
);
