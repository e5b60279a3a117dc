/** A sound for new messages; the browser stores whether it is on. */
const PLACE = 'echomate:message-sound';
const TONES = [659.25, 880];
const TONE_SECONDS = 0.12;
const APART_MS = 3000;

export const isSoundOn = () => {
  try {
    return localStorage.getItem(PLACE) === 'on';
  } catch {
    return false;
  }
};

export const switchSound = (on: boolean) => {
  try {
    if (on) localStorage.setItem(PLACE, 'on');
    else localStorage.removeItem(PLACE);
  } catch {
    // Storage is unavailable; it stays off.
  }
};

/** In one of the open pages, whichever is first. Browsers allow no sound on pages that nobody has used yet. */
export const soundMessage = () => {
  if (!isSoundOn() || !navigator.userActivation.hasBeenActive) return;
  void navigator.locks.request(PLACE, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    playTones();
    await new Promise((resolve) => setTimeout(resolve, APART_MS));
  });
};

export const playTones = () => {
  const context = new AudioContext();
  TONES.forEach((frequency, at) => {
    const start = context.currentTime + at * TONE_SECONDS;
    const tone = new OscillatorNode(context, { frequency });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setValueAtTime(0.12, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 2 * TONE_SECONDS);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + 2 * TONE_SECONDS);
    if (at === TONES.length - 1) tone.onended = () => void context.close();
  });
};
