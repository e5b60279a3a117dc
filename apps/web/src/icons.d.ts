/** Made by `icons.ts`. */
declare module '#icons/*' {
  import type { Component } from 'svelte';
  import type { ClassValue } from 'svelte/elements';
  const icon: Component<{ class?: ClassValue; 'aria-hidden'?: 'true' }>;
  export default icon;
}
