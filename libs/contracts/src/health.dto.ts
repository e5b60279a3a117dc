export const ALIVE = ['ok'] as const;

export class Alive {
  status!: (typeof ALIVE)[number];
}
