/**
 * Every sentence with which the API refuses, under the stable code that a client may branch on or put into words of
 * its own. The web's catalogue has each as `refusal_…`; a test compares them.
 */

/** Why a request as a whole was refused. The code with a problem's own name is its general case. */
export const REASONS = {
  'invalid-input': ['invalid-input', 'Please fix the following.'],
  'malformed-request': ['malformed-request', "We couldn't read this request."],
  'more-than-needed': ['malformed-request', 'This request is too large.'],
  'one-file-expected': ['malformed-request', 'Send one file, in the field “{field}”.'],
  'upload-interrupted': ['malformed-request', 'The upload was interrupted. Please try again.'],
  'password-needed': ['password-needed', 'Choose a password for your account.'],
  'not-signed-in': ['not-signed-in', 'Please log in.'],
  'token-refused': ['not-signed-in', "This token isn't valid, or it has ended."],
  'token-and-cookie': [
    'malformed-request',
    'This request has both a token and a session cookie. Send one of them.',
  ],
  'scope-missing': ['not-allowed', 'This token may not do that. It needs “{scope}”.'],
  'session-needed': [
    'not-allowed',
    "A token isn't enough for this. Log in on the site and do it there.",
  ],
  'log-in-on-site': [
    'not-allowed',
    'Your account is deactivated. Log in on the site to bring it back.',
  ],
  'token-instead': [
    'not-allowed',
    'Your account has two-step login. Create a token for this app in your settings.',
  ],
  'wrong-credentials': [
    'wrong-credentials',
    'Incorrect email or password. New here? Confirm your email first.',
  ],
  'password-just-changed': [
    'wrong-credentials',
    'How you log in was just changed. Please log in again.',
  ],
  'passkey-refused': [
    'wrong-credentials',
    "This passkey doesn't work here. Try again, or use another way.",
  ],
  'second-factor-needed': ['second-factor-needed', "One more step: show that it's you."],
  'account-gone': ['wrong-credentials', 'This account no longer exists.'],
  'email-unconfirmed': [
    'email-unconfirmed',
    'Your email still needs to be confirmed. Open the link we sent you.',
  ],
  'account-suspended': ['account-suspended', 'Your account is suspended. Please contact an admin.'],
  'account-leaving': [
    'account-leaving',
    'Your account is set to be deleted. Log in on the site if you want to keep it.',
  ],
  'not-allowed': ['not-allowed', "You can't do this."],
  'link-only': ['not-allowed', "This post is only for people with the link. It can't be shared."],
  'only-yours': [
    'not-allowed',
    'Only you can see this post. Change who can see it first, then share it.',
  ],
  'group-post': ['not-allowed', "A group's posts stay in the group."],
  'event-post': [
    'not-allowed',
    'This post belongs to its event. Cancel or delete the event instead.',
  ],
  'not-permitted': ['not-allowed', "Your role doesn't allow this."],
  'invitation-needed': [
    'not-allowed',
    'You need an invitation to join here. Ask someone for a link.',
  ],
  'invitation-unknown': [
    'not-allowed',
    "This invitation isn't valid. Ask whoever sent it for a new link.",
  ],
  'invitation-spent': [
    'not-allowed',
    'This invitation has been used up. Ask whoever sent it for a new link.',
  ],
  'invitation-ended': [
    'not-allowed',
    'This invitation has ended. Ask whoever sent it for a new link.',
  ],
  'waits-for-approval': [
    'not-allowed',
    "Your email is confirmed, and an admin still has to let you in. We'll email you.",
  ],
  'two-step-off': ['conflict', 'Turn two-step login on first.'],
  'no-passkeys': ['conflict', 'Add a passkey first.'],
  'passkey-known': ['conflict', 'This passkey has already been added.'],
  'too-many-passkeys': ['conflict', 'You can have up to {max} passkeys. Remove one first.'],
  'last-passkey': [
    'conflict',
    'This passkey is your only second step. Turn two-step login off first, or add an app.',
  ],
  'outside-not-begun': [
    'link-expired',
    "This login wasn't started in this browser, or it took too long. Please start again.",
  ],
  'outside-cancelled': ['not-allowed', "You didn't finish logging in with {label}."],
  'outside-untrusted': [
    'not-allowed',
    "We couldn't check the answer from {label}, so we didn't let anyone in. Please try again.",
  ],
  'outside-email-unconfirmed': [
    'not-allowed',
    "{label} didn't confirm your email address. Confirm it there, then try again.",
  ],
  'outside-away': [
    'unavailable',
    "{label} isn't answering right now. Log in with your email and password, or try again later.",
  ],
  'outside-taken': [
    'conflict',
    'This {label} account is already connected to another account here.',
  ],
  'address-kept': [
    'conflict',
    "An account was moved away from this email a few days ago. Choose “Forgot your password?”, enter this email, and we'll send you what to do next.",
  ],
  'last-admin': ['conflict', 'This site needs an admin. Make someone else an admin first.'],
  'not-group-creator': ['not-allowed', 'Only the person who runs this group can do that.'],
  'not-yours': ['not-allowed', 'Only the person who uploaded this can change it.'],
  'foreign-origin': ['foreign-origin', 'For your safety, this only works from our own pages.'],
  'not-found': ['not-found', "This isn't available."],
  'nothing-to-confirm': [
    'not-found',
    'Nothing is waiting to be confirmed in this browser. Log in, or register again.',
  ],
  'too-slow': ['too-slow', 'That took too long to arrive. Please try again.'],
  conflict: ['conflict', 'This has changed in the meantime. Please try again.'],
  'block-yourself': ['conflict', "You can't block yourself."],
  'mute-yourself': ['conflict', "You can't mute yourself."],
  'follow-yourself': ['conflict', "You can't follow yourself."],
  'asked-too-soon': ['conflict', 'Your request was declined. You can ask again after a day.'],
  'too-many-pinned': ['conflict', 'Up to {max} posts can be pinned. Unpin another one first.'],
  'too-many-tokens': ['conflict', 'You can have up to {max} tokens. Remove one first.'],
  'export-running': ['conflict', "We're still preparing your data."],
  'too-many-exports': [
    'conflict',
    'You can request your data {max} times a day. Please try again tomorrow.',
  ],
  'import-running': ['conflict', "We're still importing your data."],
  'too-many-imports': [
    'conflict',
    'You can import {max} archives a day. Please try again tomorrow.',
  ],
  'groups-undecided': [
    'conflict',
    'Decide what happens to each group you run: choose who takes over, or delete it.',
  ],
  'hand-over-first': ['conflict', 'Hand the group over to another member first, or delete it.'],
  'not-your-event': [
    'not-allowed',
    'Only the person who created this event, or who runs the group, can do that.',
  ],
  'report-yourself': ['conflict', "You can't report yourself or what is yours."],
  'already-reported': ['conflict', "You've already reported this. We'll let you know."],
  'case-claimed': ['conflict', 'Another moderator is looking at this right now.'],
  'case-decided': ['conflict', 'This was decided in the meantime.'],
  'appealed-already': [
    'conflict',
    "You've already asked for a review, or the decision was reversed.",
  ],
  'appeal-for-others': ['conflict', 'You decided this. Someone else has to review the appeal.'],
  'claim-first': ['conflict', 'Take this on before you decide.'],
  'nothing-to-undo': ['conflict', "This can't be undone any more."],
  'about-an-admin': ['not-allowed', 'Only another admin can act on an admin.'],
  'event-cancelled': ['conflict', 'This event was cancelled.'],
  'event-over': ['conflict', 'This event is over.'],
  'too-many-dates': [
    'conflict',
    'This group has {max} dates ahead. Delete an event first, or wait until some are over.',
  ],
  'event-answered': ['conflict', 'People have answered already. Cancel the event instead.'],
  'write-yourself': ['conflict', "You can't write to yourself."],
  'nobody-follows': [
    'not-allowed',
    'You can write to each other once one of you follows the other.',
  ],
  'person-gone': ['not-allowed', "You can't write here any more: this person isn't available."],
  'upload-in-use': ['conflict', 'This is still used somewhere. Remove it there first.'],
  'key-reused': ['conflict', 'This Idempotency-Key was already used for a different request.'],
  'link-expired': [
    'link-expired',
    'This link was already used, has expired, or was replaced by a newer one.',
  ],
  'too-large': ['too-large', "That's too large to send. Try something smaller."],
  'file-too-large': ['too-large', 'Files like this can be up to {max} MB.'],
  'unsupported-type': ['unsupported-type', 'Send JSON, or multipart/form-data for a file.'],
  'too-many-requests': [
    'too-many-requests',
    'Too many attempts. Please wait a minute and try again.',
  ],
  'too-many-reports': [
    'too-many-requests',
    "You've sent a lot of reports today. Please try again tomorrow.",
  ],
  'wait-minutes': [
    'too-many-requests',
    'Too many attempts. Please wait {minutes} minutes and try again.',
  ],
  'too-much-at-once': [
    'too-many-requests',
    'Too many requests from your connection. Please try again in a moment.',
  ],
  'too-many-uploads': ['too-many-requests', 'You can upload up to {max} files at a time.'],
  internal: ['internal', 'Something went wrong on our side. Please try again later.'],
  starting: ['unavailable', 'The site is starting up. Please try again in a moment.'],
  unavailable: ['unavailable', "We're busy right now. Please try again in a moment."],
} as const satisfies Record<string, readonly [problem: string, sentence: string]>;

/** What is wrong with a field. */
export const FAULTS = {
  required: 'Please fill this in.',
  'too-long': 'Keep this to {max} characters.',
  'too-short': 'Use at least {min} characters.',
  'not-text': 'This has to be text.',
  'not-a-number': 'Enter a whole number.',
  'too-small': 'Enter {min} or more.',
  'too-big': 'Enter {max} or less.',
  'bad-characters': "This contains characters that can't be shown. Please type it again.",
  'invisible-characters': 'This contains invisible characters. Please type it again.',
  'no-letters': 'Use at least one letter or number.',
  'unknown-field': "There's no such field.",
  'invalid-choice': 'Choose one of these: {choices}.',
  'invalid-id': "This isn't a valid id.",
  'too-many': 'Choose up to {max}.',
  duplicate: 'Choose each only once.',
  'invalid-handle':
    'Use {min} to {max} letters and numbers, with at least one letter. Single dots, hyphens or underscores can go in between.',
  'handle-taken': "@{handle} isn't available. @{free} is.",
  'handle-changed-often':
    "You've changed your handle a lot lately. You can choose a new one from {day}, or go back to {handles}.",
  'invalid-email': 'Enter an email address, like ada@example.org.',
  'same-email': "That's already your email address.",
  'invalid-date': 'Enter a date, like 1990-12-31.',
  'invalid-local-time': 'Enter a day and a time.',
  'invalid-time': 'Enter a time in UTC, like 2027-05-14T17:30:00Z.',
  'not-a-push-address': "Pushes can't be sent to this browser.",
  'invalid-time-of-day': 'Enter a time, like 22:00.',
  'same-time': 'Choose two different times.',
  'unknown-zone': 'Choose a time zone.',
  'no-such-time': "The clocks go forward then, so this time doesn't exist. Choose another one.",
  'in-the-past': 'Choose a time in the future.',
  'too-far-ahead': 'Choose a time within the next {max} years.',
  'ends-before-start': 'The end has to come after the start.',
  'lasts-too-long': 'Events can last up to {max} days.',
  'repeats-until-when': 'Choose the last day on which it can repeat.',
  'repeats-not': "This event doesn't repeat.",
  'until-before-start': 'Choose a day after the start.',
  'repeats-too-long': 'Events can repeat for up to {max} days.',
  'too-few-options': 'Give at least {min} options.',
  'not-an-option': 'Choose one of the options of this event.',
  'option-answered': 'Someone has picked this already, so it has to stay.',
  'places-taken': 'Choose {taken} or more. That many places are already taken.',
  'range-too-long': 'Ask for up to {max} days at once.',
  'rules-not-accepted': 'Please accept the rules first.',
  'too-young': 'Sorry, you need to be at least {age} to join.',
  'too-long-ago': 'Please check the year.',
  'only-spaces': 'Spaces alone are easy to guess. Please choose something else.',
  'common-password': 'This password is too easy to guess. Please choose another.',
  'wrong-password': "That's not your current password.",
  'wrong-code':
    "This code doesn't work. Codes from an app change every 30 seconds, and every code works only once.",
  'setup-over': 'That took too long. Please begin again.',
  'invalid-passkey': "We couldn't read this passkey. Please try again.",
  'incomplete-link': 'This link is incomplete.',
  'scope-not-granted': "You can't ask for more than was allowed when you logged in.",
  'bad-cursor': 'Use the nextCursor of the page before.',
  'bad-key': 'Use 1 to {max} characters.',
  'not-your-profile': 'You can only do this with your own profile.',
  'not-a-follower': 'Choose one of your followers, or a stranger.',
  'nobody-invited': 'Choose at least one person.',
  'people-not-available': "Some of these people aren't available. Please choose again.",
  'not-a-member': 'Choose another member of the group.',
  'nobody-chosen': 'Choose at least one follower.',
  'group-not-available': "This group isn't available to you.",
  'group-for-others': 'Groups can only be picked for posts in a group.',
  'chosen-for-others': 'Followers can only be picked for “Chosen followers”.',
  'chosen-not-following': 'Choose people who follow you.',
  'nothing-to-post': 'Write something, or add a photo.',
  'empty-comment': 'Write something, or delete the comment.',
  'only-words': 'You can only add words to a share.',
  'too-many-mentions': 'Mention up to {max} people.',
  'too-many-hashtags': 'Use up to {max} hashtags.',
  'long-hashtag': 'Keep hashtags to {max} characters.',
  'not-a-hashtag': 'A hashtag is one word of up to {max} characters.',
  'comment-gone': "The comment you're replying to is no longer available.",
  'nothing-to-send': 'Write something, or add a photo.',
  'empty-message': 'Write something, or delete the message.',
  'message-gone': "The message you're replying to is no longer available.",
  'no-video-in-message': 'Messages can have photos and GIFs, but no videos.',
  'no-password':
    "You don't have a password yet. Choose one first: log out, then press “Forgot your password?”, and we'll email you a link.",
  'not-an-emoji': 'Choose one emoji.',
  'no-file': 'Choose a file.',
  'not-a-zip': 'Choose the ZIP file that you downloaded from the other site.',
  'not-a-photo': 'Choose a JPEG, PNG, GIF, WebP or AVIF photo.',
  'not-a-profile-photo': 'Choose a JPEG, PNG, GIF or WebP photo.',
  'not-a-photo-or-video':
    'Choose a JPEG, PNG, GIF, WebP or AVIF photo, or an MP4, WebM or MOV video.',
  'no-heic': "We can't read this photo format (HEIC). Save the photo as a JPEG and try again.",
  'no-videos': "Videos can't be uploaded here. Photos and GIFs work.",
  'no-video-in-comment': 'Comments can have a photo or a GIF, but not a video.',
  'photos-or-video': 'Choose either photos or one video.',
  'not-your-upload': "Choose uploads of your own that aren't used elsewhere.",
  'storage-full':
    'Your photos and videos fill the {max} MB you have here. Delete some to make room.',
  'unreadable-photo': "We couldn't read this photo. Please try another one.",
  'too-many-frames': 'Animations can have up to {max} frames.',
  'large-animation': 'This animation is too large. Make it smaller or shorter.',
  'no-video-in-file': "There's no video in this file. Choose an MP4, WebM or MOV.",
  'large-video': 'This video has too many pixels. Up to 4K works.',
  'long-video': 'Videos can be up to {max} minutes long.',
  'unreadable-video': "We couldn't read this video. Please try another one.",
} as const;

export type ReasonCode = keyof typeof REASONS;
export type FaultCode = keyof typeof FAULTS;
export type RefusalCode = ReasonCode | FaultCode;

type TextOf<Code extends RefusalCode> = Code extends ReasonCode
  ? (typeof REASONS)[Code][1]
  : Code extends FaultCode
    ? (typeof FAULTS)[Code]
    : never;

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** What a code leaves open, such as the limit. */
export type Parameters = Record<string, string | number>;

/** The parameters of a code's sentence, as the last argument of a function; none if it has no gaps. */
export type GapsOf<Code extends RefusalCode> = [NamesIn<TextOf<Code>>] extends [never]
  ? []
  : [Record<NamesIn<TextOf<Code>>, string | number>];

export const textOf = (code: RefusalCode): string =>
  code in FAULTS ? FAULTS[code as FaultCode] : REASONS[code as ReasonCode][1];

const numbers = new Intl.NumberFormat('en');

/** The sentence of a code in English. */
export const inEnglish = (code: RefusalCode, parameters: Parameters = {}): string =>
  textOf(code).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name] ?? '';
    return typeof value === 'number' ? numbers.format(value) : value;
  });

export interface Fault {
  code: FaultCode;
  parameters?: Parameters;
}

export const fault = <Code extends FaultCode>(code: Code, ...gaps: GapsOf<Code>): Fault => ({
  code,
  ...(gaps[0] && { parameters: gaps[0] }),
});
