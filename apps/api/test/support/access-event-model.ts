/** An event that is there when a history begins. */
export interface OpeningEvent {
  name: string;
  group: string;
  maker: string;
  /** Who has answered, whether they are in the group then or not */
  answered: string[];
  liker: string;
  commenter: string;
  replier: string;
}

export interface ModelEvent extends OpeningEvent {
  answers: Set<string>;
}

interface Asked {
  isActive(who: string): boolean;
  isIn(who: string, group: string): boolean;
  leads(who: string, group: string): boolean;
  seesCard(a: string, b: string): boolean;
  isMuting(a: string, b: string): boolean;
}

/** Who sees events, answers to them and talk about them, said again in plain TypeScript. */
export class EventsModel {
  readonly all: ModelEvent[];

  constructor(
    events: readonly OpeningEvent[],
    private readonly rule: Asked,
  ) {
    this.all = events.map((event) => ({ ...event, answers: new Set(event.answered) }));
  }

  named = (name: string): ModelEvent => this.all.find((event) => event.name === name)!;

  /** And its post: whoever made it, and whoever they are to each other. */
  sees = (a: string, { group }: ModelEvent): boolean =>
    this.rule.isActive(a) && this.rule.isIn(a, group);

  namesFor = (a: string): string[] =>
    this.all.filter((event) => this.sees(a, event)).map(({ name }) => name);

  makerFor = (a: string, { maker }: ModelEvent): string | null =>
    this.rule.seesCard(a, maker) ? maker : null;

  mayChange = (a: string, { group, maker }: ModelEvent): boolean =>
    a === maker || this.rule.leads(a, group);

  /** Of who has just left, the answers are counted until they are taken back. */
  counted = (a: string, { answers }: ModelEvent): string[] =>
    [...answers].filter((one) => this.rule.seesCard(a, one));

  answersFor = (a: string, event: ModelEvent): string[] =>
    this.counted(a, event).filter((one) => this.rule.isIn(one, event.group));

  isInFeed = (a: string, event: ModelEvent): boolean =>
    this.sees(a, event) && !this.rule.isMuting(a, event.maker);

  seesComment = (a: string, event: ModelEvent): boolean =>
    this.sees(a, event) && this.rule.seesCard(a, event.commenter);

  seesReply = (a: string, event: ModelEvent): boolean =>
    this.seesComment(a, event) && this.rule.seesCard(a, event.replier);

  seesLike = (a: string, event: ModelEvent): boolean =>
    this.sees(a, event) && this.rule.seesCard(a, event.liker);

  /** An answer ends with the membership. */
  leave(who: string, group: string): void {
    for (const event of this.all) if (event.group === group) event.answers.delete(who);
  }
}
