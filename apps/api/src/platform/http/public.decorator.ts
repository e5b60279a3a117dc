import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = Symbol('public');

/** The only way out of the rule that a route is for signed-in people. */
export const Public = () => SetMetadata(IS_PUBLIC, true);
