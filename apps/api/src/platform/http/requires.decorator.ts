import { SetMetadata } from '@nestjs/common';
import type { Permission } from '@echomate/contracts/permissions';

export const REQUIRES = Symbol('requires');

/** Routes for those whose role has this permission; everyone else is refused before the route runs. */
export const Requires = (permission: Permission) => SetMetadata(REQUIRES, permission);
