// Two strokes of a bell, made here: a file would have to be fetched.
const strokes = [0, 0.6];

export function ring(): void {
  const audio = new AudioContext();
  // Before anybody has touched the page the browser holds sound back; the words are there all the same.
  audio.resume().catch(() => {});
  for (const after of strokes) {
    const tone = audio.createOscillator();
    const loud = audio.createGain();
    const from = audio.currentTime + after;
    tone.frequency.value = 880;
    loud.gain.setValueAtTime(0.25, from);
    loud.gain.exponentialRampToValueAtTime(0.001, from + 1.2);
    tone.connect(loud).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 1.2);
  }
  setTimeout(() => audio.close(), 3000);
}
