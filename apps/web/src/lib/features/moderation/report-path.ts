import type { ReportedKind } from '@echomate/contracts/moderation.dto';
import { resolve } from '$app/paths';

/** The page that asks why; with scripts, a dialog does. */
export const reportPath = (kind: ReportedKind, id: string) =>
  resolve('/(app)/report/[kind]/[id]', { kind, id });

/** For the person concerned. */
export const decisionPath = (id: string) => resolve('/(app)/decisions/[id]', { id });

export const casePath = (id: string) => resolve('/(app)/moderation/[id]', { id });
