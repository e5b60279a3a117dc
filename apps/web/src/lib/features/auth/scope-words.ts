import type { Scope } from '@echomate/contracts/scopes';
import * as m from '#lib/generated/messages.js';

const WORDS: Record<Scope, () => { title: string; text: string }> = {
  read: () => ({ title: m.settings_scope_read(), text: m.settings_scope_read_text() }),
  write: () => ({ title: m.settings_scope_write(), text: m.settings_scope_write_text() }),
  messages: () => ({ title: m.settings_scope_messages(), text: m.settings_scope_messages_text() }),
  manage: () => ({ title: m.settings_scope_manage(), text: m.settings_scope_manage_text() }),
};

export const scopeWords = (scope: Scope) => WORDS[scope]();
