import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';

/** The method and the path of a route, as its controller declares them: `GET`, `posts/:id`. */
export function routeOf(controller: Type, handler: object): { method: string; path: string } {
  const parts = [
    Reflect.getMetadata(PATH_METADATA, controller) as string,
    Reflect.getMetadata(PATH_METADATA, handler) as string,
  ];
  return {
    method: RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod],
    path: parts
      .flatMap((part) => part.split('/'))
      .filter(Boolean)
      .join('/'),
  };
}
