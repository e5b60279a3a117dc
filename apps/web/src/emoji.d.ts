/** Made by `emoji.ts`. */
declare module '#emoji' {
  const groups: {
    name: string;
    /** The emoji, its name, further words that find it, and whether it has skin tones */
    emojis: [string, string, string, 0 | 1][];
  }[];
  export default groups;
}
