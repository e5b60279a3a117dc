import fc from 'fast-check';
import { ask, Matrix, mismatchesIn } from '../support/access-check.js';
import { pairName } from '../support/access-chat-model.js';
import { everything } from '../support/access-questions.js';
import {
  ANSWERED,
  anyStep,
  CLUB,
  clubPostOf,
  NEIGHBOURS,
  NEIGHBOURS_CONVERSATIONS,
  NEIGHBOURS_EVENTS,
  NEIGHBOURS_GROUPS,
  NEIGHBOURS_POSTS,
  postOf,
  ROOM,
  shareBy,
  UNANSWERED,
} from '../support/access-neighbours.js';
import { shortest } from '../support/shortest.js';
import {
  about,
  account,
  act,
  address,
  beOnline,
  chat,
  edit,
  inGroup,
  page,
  remove,
  restore,
  sentence,
  show,
  startChat,
  turn,
  type Step,
} from '../support/access-steps.js';
import { AccessWorld } from '../support/access-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/**
 * Every viewer × thing × path, after every transition, against a model that shares nothing with the program. Later kinds
 * of things add their steps to the model and their paths to the lists of paths.
 */
let app: TestApp;
let world: AccessWorld;
let matrix: Matrix;
let cells = 0;
let changes = 0;
let steps = 0;
beforeAll(async () => {
  app = await startTestApp();
  world = await AccessWorld.open(
    app,
    NEIGHBOURS,
    NEIGHBOURS_POSTS,
    NEIGHBOURS_GROUPS,
    NEIGHBOURS_EVENTS,
    NEIGHBOURS_CONVERSATIONS,
  );
  matrix = new Matrix(world, IN_TURN);
});
afterAll(() => {
  console.log(
    `The access matrix compared ${cells} answers in ${steps} steps, ${changes} of them changed by the step before.`,
  );
  world.close();
  return app.close();
});

/** What no step changes is asked once in so many of them. */
const IN_TURN = 60;

/** Other ones in every run. */
const HISTORIES = 3;
const STEPS = 60;

/** Plays a history from the beginning, and asks after each step. */
async function play(history: Step[]): Promise<void> {
  await world.reset();
  matrix.begin();
  for (const [index, step] of history.entries()) {
    await world.apply(step);
    steps++;
    const { cells: answers, changed } = await matrix.afterStep();
    cells += answers.length;
    changes += changed;
    const found = mismatchesIn(world, answers);
    if (found.length) throw new HistoryFailed(history.slice(0, index + 1), found);
  }
}

class HistoryFailed extends Error {
  constructor(
    readonly history: Step[],
    found: string[],
  ) {
    const last = history.slice(-20).map(sentence);
    const more = found.length > 30 ? [`… and ${found.length - 30} more`] : [];
    super(
      [`After ${history.length} steps, of which the last were:`, ...last]
        .concat(['', ...found.slice(0, 30), ...more])
        .join('\n'),
    );
  }
}

/** Nobody reads a history of so many steps; most of them have nothing to do with what went wrong. */
async function shortened(failed: HistoryFailed): Promise<HistoryFailed> {
  let found: string[] = [];
  const fails = async (shorter: Step[]) => {
    await world.reset();
    for (const step of shorter) await world.apply(step);
    const mismatches = mismatchesIn(world, await ask(world, everything(world)));
    if (mismatches.length) found = mismatches;
    return mismatches.length > 0;
  };
  if (!(await fails(failed.history))) return failed;
  return new HistoryFailed(await shortest(failed.history, fails, 90_000), found);
}

const [ada, bruno, chidi, dilara] = NEIGHBOURS as [string, string, string, string];

describe('the access matrix', () => {
  it('holds for every kind of viewer, by name', async () => {
    await play([
      turn(ada, 'private'),
      act(bruno, 'follow', ada), // requested
      show(ada, 'email', 'followers'),
      act(ada, 'accept', bruno), // follower
      act(chidi, 'follow', ada),
      act(ada, 'decline', chidi), // declined
      act(chidi, 'follow', ada), // refused for a day
      act(ada, 'restoreRequest', chidi), // waits again
      act(ada, 'restoreRequest', chidi), // refused: it does already
      act(ada, 'decline', chidi),
      { kind: 'dayPasses' },
      act(ada, 'restoreRequest', chidi), // refused: too late
      act(chidi, 'follow', ada), // asks again
      show(ada, 'dateOfBirth', 'me'),
      act(bruno, 'unfollow', ada), // ex-follower
      act(bruno, 'follow', ada),
      turn(ada, 'public'), // accepts who waits
      turn(ada, 'private'), // and keeps them
      act(ada, 'removeFollower', chidi),
      act(ada, 'follow', bruno), // friends
      address(postOf(ada, 'chosen'), 'chosen', [bruno]),
      address(postOf(ada, 'unlisted'), 'chosen', [bruno, chidi]), // refused: one does not follow
      address(postOf(bruno, 'public'), 'followers'), // narrows what is passed on
      act(bruno, 'unfollow', ada), // ex-chosen
      act(bruno, 'follow', ada),
      act(ada, 'accept', bruno), // and stays so
      address(postOf(ada, 'public'), 'unlisted'),
      address(postOf(chidi, 'public'), 'unlisted'), // takes shares out of lists
      remove(postOf(ada, 'followers')),
      remove(postOf(dilara, 'public')), // takes its share along
      restore(postOf(dilara, 'public')),
      act(bruno, 'mute', ada),
      act(bruno, 'block', ada), // blocked
      act(ada, 'follow', bruno),
      act(bruno, 'unblock', ada), // nothing comes back
    ]);
  });

  it('holds for earlier words, two who block each other, and shares between the blocked', async () => {
    const edited = postOf(ada, 'followers');
    await play([
      act(bruno, 'follow', ada),
      address(edited, 'chosen', [bruno]),
      edit(edited, 'second', 'followers'), // the first for Bruno alone
      act(chidi, 'follow', ada),
      edit(edited, 'third', 'public'), // words of then for those of then
      edit(edited, 'fourth', 'chosen', [dilara]), // refused, words and all
      address(postOf(ada, 'public'), 'unlisted'),
      edit(postOf(ada, 'public'), 'second'), // who has the link reads on
      edit(postOf(ada, 'public'), 'third', 'public'), // who had it is forgotten
      address(postOf(ada, 'public'), 'unlisted'),
      act(bruno, 'unfollow', ada), // loses what was chosen for them
      act(bruno, 'follow', ada),
      act(ada, 'follow', dilara),
      turn(dilara, 'private'), // whom Ada follows is not everyone's to know
      act(chidi, 'block', bruno), // Ada's followers are counted without each other
      act(bruno, 'block', chidi), // and once
      act(chidi, 'unblock', bruno), // the other block holds
      act(dilara, 'block', chidi), // what Chidi passed on of Dilara's is gone
      remove(shareBy(bruno)),
    ]);
  });

  it('holds while accounts are not active, and when they come back', async () => {
    await play([
      act(bruno, 'follow', ada),
      act(chidi, 'follow', ada),
      act(ada, 'follow', bruno),
      act(dilara, 'follow', bruno),
      address(postOf(ada, 'chosen'), 'chosen', [bruno, chidi]),
      account(bruno, 'deactivated'), // author, follower, chosen, commenter, whom others passed on
      act(dilara, 'unfollow', bruno), // refused: there is nobody
      act(chidi, 'follow', bruno),
      address(postOf(ada, 'followers'), 'chosen', [bruno]), // refused
      account(chidi, 'suspended'), // two at once
      turn(ada, 'private'),
      act(dilara, 'follow', ada), // requested
      account(dilara, 'deactivated'),
      act(ada, 'accept', dilara), // refused
      turn(ada, 'public'), // accepts who is not there
      account(bruno, 'active'), // all comes back, the choice too
      account(dilara, 'active'), // a follower now
      act(ada, 'block', chidi), // who is not there
      account(chidi, 'active'), // blocked
      account(ada, 'suspended'),
      account(ada, 'active'),
    ]);
  });

  it('holds for whoever is in a group, comes in, or goes', async () => {
    await play([
      act(chidi, 'follow', ada), // a follower who is not in
      about(CLUB, chidi, 'invite', dilara), // refused: is not in
      about(CLUB, bruno, 'invite', chidi), // invited by a plain member
      inGroup(CLUB, chidi, 'declineInvitation'),
      about(CLUB, ada, 'invite', chidi), // to no avail for a day
      { kind: 'dayPasses' },
      about(CLUB, ada, 'invite', chidi),
      about(CLUB, bruno, 'withdrawInvitation', chidi), // refused: not theirs
      about(CLUB, ada, 'withdrawInvitation', chidi),
      about(CLUB, bruno, 'invite', chidi),
      inGroup(CLUB, chidi, 'acceptInvitation'), // a member, whose own post is theirs again
      inGroup(CLUB, dilara, 'ask'),
      about(CLUB, bruno, 'acceptRequest', dilara), // refused: does not lead
      inGroup(CLUB, dilara, 'withdrawRequest'),
      inGroup(CLUB, dilara, 'ask'),
      about(CLUB, ada, 'refuseRequest', dilara),
      inGroup(CLUB, dilara, 'ask'), // refused for a day
      { kind: 'dayPasses' },
      inGroup(CLUB, dilara, 'ask'),
      about(CLUB, ada, 'acceptRequest', dilara),
      act(chidi, 'unfollow', ada), // makes no difference in the group
      inGroup(CLUB, ada, 'leave'), // refused: leads
      edit(clubPostOf(bruno), 'second'),
      edit(clubPostOf(bruno), 'third', 'public'), // refused: stays in the group
      inGroup(CLUB, bruno, 'leave'), // an ex-member, whose own post is gone for them
      edit(clubPostOf(bruno), 'fourth'), // refused
      remove(clubPostOf(bruno)), // refused
      about(CLUB, ada, 'removeMember', chidi),
      about(CLUB, ada, 'handOver', chidi), // refused: is not in
      about(CLUB, ada, 'handOver', dilara),
      about(CLUB, ada, 'removeMember', dilara), // refused: leads no more
      edit(clubPostOf(ada), 'fourth'),
      edit(postOf(dilara, 'public'), 'fourth'), // which Ada uses, too
      inGroup(CLUB, ada, 'leave'), // but not where she sees it
      inGroup(CLUB, ada, 'ask'), // asks where they led
      about(CLUB, dilara, 'invite', ada), // which meets the request
    ]);
  });

  it('holds while a group is deleted, and for what its creator deletes in it', async () => {
    await play([
      about(CLUB, bruno, 'invite', chidi),
      inGroup(CLUB, dilara, 'ask'),
      remove(clubPostOf(bruno), ada), // by who leads the group
      restore(clubPostOf(bruno)), // refused: not by its author
      restore(clubPostOf(bruno), ada),
      remove(clubPostOf(bruno)),
      inGroup(CLUB, bruno, 'leave'), // takes the invitation back
      restore(clubPostOf(bruno)), // refused: is out
      about(CLUB, ada, 'invite', bruno),
      inGroup(CLUB, bruno, 'ask'), // which meets the invitation
      restore(clubPostOf(bruno)),
      remove(clubPostOf(ada), bruno), // refused
      inGroup(CLUB, bruno, 'deleteGroup'), // refused
      inGroup(CLUB, ada, 'deleteGroup'),
      edit(clubPostOf(ada), 'second'), // refused
      inGroup(CLUB, chidi, 'ask'), // refused: there is nothing
      inGroup(CLUB, bruno, 'restoreGroup'), // refused
      inGroup(CLUB, ada, 'restoreGroup'), // with all that was in it
      about(CLUB, ada, 'acceptRequest', dilara),
      inGroup(CLUB, ada, 'deleteGroup'),
      account(dilara, 'deactivated'),
      inGroup(CLUB, ada, 'restoreGroup'),
      account(dilara, 'active'),
    ]);
  });

  it('holds for members who block each other, are not active, or are followed', async () => {
    await play([
      about(CLUB, ada, 'invite', chidi),
      inGroup(CLUB, chidi, 'acceptInvitation'),
      act(bruno, 'block', chidi), // neither sees the other there; others see both
      about(CLUB, bruno, 'invite', dilara),
      act(dilara, 'block', bruno), // is not invited by them
      inGroup(CLUB, dilara, 'ask'), // and asks
      act(ada, 'block', dilara), // whom Ada does not hear any more
      about(CLUB, ada, 'acceptRequest', dilara), // refused
      about(CLUB, chidi, 'invite', dilara), // but another member lets them in
      act(ada, 'unblock', dilara),
      turn(dilara, 'private'), // makes no difference in a group
      act(dilara, 'block', ada),
      address(postOf(dilara, 'public'), 'followers'), // is passed on in the group to nobody
      act(dilara, 'unblock', ada),
      act(dilara, 'unblock', bruno),
      act(bruno, 'follow', dilara),
      act(dilara, 'accept', bruno),
      act(ada, 'mute', bruno), // out of the feed, not of the group
      account(ada, 'suspended'), // there is nobody who leads
      account(bruno, 'deactivated'), // author, member, inviter
      account(ada, 'active'),
      about(CLUB, ada, 'handOver', bruno), // refused: is not there
      about(CLUB, ada, 'removeMember', bruno),
      account(bruno, 'active'), // and finds nothing
      act(bruno, 'unblock', chidi),
      ...[ada, chidi, dilara].map((one) => act(bruno, 'follow', one)), // tells that three are in
      act(bruno, 'mute', chidi), // or not
    ]);
  });

  it('holds for what two write to each other, and who is told at once', async () => {
    await play([
      chat(chidi, 'readChat', UNANSWERED), // a public profile is reached at once, and reading accepts
      chat(bruno, 'say', ANSWERED), // refused: nobody follows
      startChat(chidi, dilara), // refused
      act(chidi, 'follow', dilara),
      startChat(chidi, dilara),
      turn(dilara, 'private'), // does not follow back: what comes waits as a request
      chat(chidi, 'say', pairName(chidi, dilara)),
      chat(chidi, 'type', pairName(chidi, dilara)),
      chat(dilara, 'declineChat', pairName(chidi, dilara)),
      chat(chidi, 'say', pairName(chidi, dilara)), // in no list any more
      act(dilara, 'follow', chidi), // is reached after all
      chat(chidi, 'type', pairName(chidi, dilara)),
      chat(dilara, 'say', pairName(chidi, dilara)), // and accepts by answering
      beOnline(dilara, false), // whom Chidi follows
      page(chidi, false),
      chat(dilara, 'say', pairName(chidi, dilara)), // to nobody's page but their own
      page(chidi, true),
      act(dilara, 'unfollow', chidi),
      act(chidi, 'unfollow', dilara), // both ways: closes writing at once
      chat(dilara, 'say', pairName(chidi, dilara)), // refused
      beOnline(dilara, true),
      act(ada, 'follow', bruno),
      act(bruno, 'follow', ada),
      chat(ada, 'say', ANSWERED),
      chat(bruno, 'readChat', ANSWERED), // Ada's page is told
      chat(ada, 'type', ANSWERED),
      act(bruno, 'block', ada), // while both have a page open
      chat(ada, 'say', ANSWERED), // refused: as if there was nobody
      chat(ada, 'type', ANSWERED),
      act(bruno, 'unblock', ada),
      act(ada, 'follow', bruno),
      account(bruno, 'suspended'), // whose page is closed
      chat(ada, 'say', ANSWERED), // refused
      account(bruno, 'active'),
      page(bruno, true),
      chat(ada, 'say', ANSWERED),
    ]);
  });

  it("holds for a group's room while its pages are open", async () => {
    await play([
      chat(chidi, 'say', ROOM), // refused: an ex-member
      chat(bruno, 'say', ROOM),
      chat(ada, 'readChat', ROOM),
      about(CLUB, bruno, 'invite', chidi),
      inGroup(CLUB, dilara, 'ask'),
      chat(bruno, 'type', ROOM), // the invited and the asking hear nothing
      chat(bruno, 'say', ROOM),
      inGroup(CLUB, chidi, 'acceptInvitation'), // who has read all that was there
      about(CLUB, ada, 'acceptRequest', dilara),
      chat(bruno, 'say', ROOM),
      act(bruno, 'block', chidi), // neither hears the other there
      chat(chidi, 'say', ROOM),
      chat(bruno, 'say', ROOM),
      chat(bruno, 'type', ROOM),
      chat(dilara, 'readChat', ROOM),
      act(bruno, 'unblock', chidi),
      about(CLUB, ada, 'removeMember', chidi), // while the room is open
      chat(dilara, 'say', ROOM),
      inGroup(CLUB, dilara, 'leave'),
      chat(bruno, 'say', ROOM),
      account(bruno, 'deactivated'), // whose messages stay, without a name
      chat(ada, 'say', ROOM),
      account(bruno, 'active'),
      inGroup(CLUB, ada, 'deleteGroup'),
      chat(bruno, 'say', ROOM), // refused
      page(bruno, true),
      inGroup(CLUB, ada, 'restoreGroup'),
      chat(bruno, 'say', ROOM),
      about(CLUB, bruno, 'invite', dilara), // comes back to where they stopped reading
      inGroup(CLUB, dilara, 'acceptInvitation'),
    ]);
  });

  it('holds after random histories', async () => {
    const { MATRIX_SEED: seed, MATRIX_PATH: path } = process.env;
    const histories = fc.array(anyStep, { minLength: STEPS, maxLength: STEPS });
    const outcome = await fc.check(
      fc.asyncProperty(histories, (history) => play(history)),
      { numRuns: HISTORIES, endOnFailure: true, ...(seed && { seed: Number(seed), path }) },
    );
    if (!outcome.failed) return;
    const { errorInstance: error, seed: drawn, counterexamplePath } = outcome;
    const told =
      error instanceof HistoryFailed ? await shortened(error).catch(() => error) : (error as Error);
    told.message += `\n\nTo play it again: MATRIX_SEED=${drawn} MATRIX_PATH=${counterexamplePath}`;
    throw told;
  }, 1_800_000);
});
