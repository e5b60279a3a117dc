import {
  createParamDecorator,
  Injectable,
  type ExecutionContext,
  type PipeTransform,
} from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { handleOf, isHandle } from '@echomate/contracts/handles';
import { validate as isUuid } from 'uuid';
import { notFound } from './problem.js';
import type { ViewerRequest } from './viewer.js';

/** Implemented by the module that keeps handles. */
export abstract class Handles {
  /** The person with this handle, if the viewer may see their card. */
  abstract find(viewerId: string, handle: string): Promise<string | null>;
}

interface Asked {
  viewerId: string;
  given: string;
}

/**
 * An id stays as it is, since routes decide whom they may act on. A handle, which can be guessed, leads only to people
 * whom the viewer may see; hidden, unknown and malformed ones get the same answer.
 */
@Injectable()
export class PersonPipe implements PipeTransform<Asked, Promise<string>> {
  constructor(private readonly handles: Handles) {}

  async transform({ viewerId, given }: Asked): Promise<string> {
    if (isUuid(given)) return given.toLowerCase();
    const handle = handleOf(given);
    const id = isHandle(handle) ? await this.handles.find(viewerId, handle) : null;
    if (id === null) throw notFound();
    return id;
  }
}

const asked = createParamDecorator((name: string, context: ExecutionContext): Asked => {
  const { params, viewer } = context.switchToHttp().getRequest<ViewerRequest>();
  if (!viewer) throw new Error('A public route asked for a person');
  return { viewerId: viewer.userId, given: String(params[name]) };
});

/** The id of the person whom the path names, by id or by handle. */
export const PersonParam =
  (name: string): ParameterDecorator =>
  (target, key, index) => {
    asked(name, PersonPipe)(target, key, index);
    const method = Object.getOwnPropertyDescriptor(target, key!)!;
    ApiParam({ name, type: String, description: 'Id or handle of the person', example: 'ada' })(
      target,
      key!,
      method,
    );
  };
