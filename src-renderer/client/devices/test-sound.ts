/** Two soft notes, a fifth apart; Hz and s. */
const NOTES = [523.25, 783.99];
const NOTE_SECONDS = 0.35;
const VOLUME = 0.2;

/**
 * Plays a short sound; resolves when it has ended.
 *
 * @param sink the output's `setSinkId`; empty: the system's own
 */
export async function playTestSound(sink: string): Promise<void> {
  const context = new AudioContext();
  const element = new Audio();
  try {
    const output = context.createMediaStreamDestination();
    element.srcObject = output.stream;
    if (sink !== '') await element.setSinkId(sink);
    await element.play();
    const notes = NOTES.map((frequency, index) =>
      playNote(context, output, frequency, context.currentTime + index * NOTE_SECONDS),
    );
    await Promise.all(notes);
  } finally {
    element.srcObject = null;
    await context.close();
  }
}

function playNote(context: AudioContext, output: AudioNode, frequency: number, start: number): Promise<void> {
  const oscillator = new OscillatorNode(context, { frequency });
  const volume = new GainNode(context, { gain: 0 });
  // A note that starts or stops at full volume clicks.
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(VOLUME, start + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.001, start + NOTE_SECONDS);
  oscillator.connect(volume).connect(output);
  oscillator.start(start);
  oscillator.stop(start + NOTE_SECONDS);
  return new Promise((resolve) => oscillator.addEventListener('ended', () => resolve(), { once: true }));
}
