import type { ModelPost } from './access-model.js';
import {
  answersTo,
  everything,
  questionsAbout,
  type Cell,
  type Question,
  type Scope,
} from './access-questions.js';
import { questionsAboutRule } from './access-rule-check.js';
import { EVERYTHING } from './access-rule-forms.js';
import type { AccessWorld } from './access-world.js';

/** Every path within the scope, and the rule itself about what is in it. */
export const questionsWithin = (world: AccessWorld, scope: Scope): Question[] => [
  ...questionsAboutRule(world, scope),
  ...questionsAbout(world, scope),
];

export const ask = (world: AccessWorld, scope: Scope): Promise<Cell[]> =>
  answersTo(questionsWithin(world, scope));

/**
 * Asks after each step of a history every question whose answer the step changes, what each viewer sees of everything by
 * the rule itself, and the other questions in turn: one in `every`.
 */
export class Matrix {
  private readonly questions: Question[];
  private expected: string[] = [];
  private step = 0;

  constructor(
    private readonly world: AccessWorld,
    private readonly every: number,
  ) {
    this.questions = questionsWithin(world, everything(world));
  }

  begin(): void {
    this.expected = this.questions.map(toldBy);
  }

  async afterStep(): Promise<{ cells: Cell[]; changed: number }> {
    const turn = this.step++ % this.every;
    let changed = 0;
    const asked = this.questions.filter((question, at) => {
      const before = this.expected[at]!;
      // Whoever has no session is told the same on every path; what counts is what has changed when they are back.
      const now = isAway(this.world, question) ? before : toldBy(question);
      this.expected[at] = now;
      if (now !== before) changed++;
      return now !== before || question.about === EVERYTHING || at % this.every === turn;
    });
    const pushed = await this.pushed();
    return { cells: [...pushed, ...(await answersTo(asked))], changed };
  }

  /** What open pages have just been told. */
  private async pushed(): Promise<Cell[]> {
    const { names, pages, model } = this.world;
    const { chat } = model;
    const told = await pages.toldSince(chat.pushed);
    return names.flatMap((viewer) => {
      const expected = [...(chat.pushed.get(viewer) ?? [])].sort();
      const actual = [...new Set(told.get(viewer))]
        .filter((push) => expected.includes(push) || !chat.mayBePushed(viewer, push))
        .sort();
      const cell = { viewer, about: 'their open pages' };
      return [
        {
          ...cell,
          path: 'is connected',
          actual: pages.isOpen(viewer),
          expected: chat.hasPage(viewer),
        },
        { ...cell, path: 'pushes', actual, expected },
      ];
    });
  }
}

const toldBy = ({ expect }: Question): string => JSON.stringify(expect()) ?? '';

const isAway = ({ model }: AccessWorld, { viewer }: Question): boolean => !model.isActive(viewer);

export const isWrong = ({ actual, expected }: Cell): boolean =>
  JSON.stringify(actual) !== JSON.stringify(expected);

/** What is not as the model expects, each in a sentence. */
export const mismatchesIn = (world: AccessWorld, cells: Cell[]): string[] =>
  cells.filter(isWrong).map(({ viewer, about, path, by, actual, expected }) => {
    const post = world.model.posts.find(({ name }) => name === about);
    const now = post ? ` (now ${post.isDeleted ? 'deleted' : audienceOf(post)})` : '';
    return `${viewer} → ${about}${now}, ${path}${by === 'token' ? ' by token' : ''}: is ${JSON.stringify(actual)}, ought to be ${JSON.stringify(expected)}`;
  });

const audienceOf = ({ audience, chosen }: ModelPost) =>
  audience === 'chosen' ? `for ${[...chosen].join(', ') || 'nobody'}` : audience;
