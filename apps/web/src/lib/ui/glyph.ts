import type { Component } from 'svelte';

export type Glyph = Component<{ class?: string; 'aria-hidden'?: 'true' }>;
