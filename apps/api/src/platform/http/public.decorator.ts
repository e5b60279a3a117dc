import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = Symbol('public');

/** The only exception to the rule that routes require a signed-in viewer. */
export const Public = () => SetMetadata(IS_PUBLIC, true);
