// Recording: nothing of it is on the page where the campaign does not allow it. Asked of everybody, seen and heard while it goes on.
import { $, ask, field, press } from '../dom';
import type { Tiles } from '../people/tiles';
import type { Room } from '../room';
import { tellKey } from '../status';
import { say } from '../words/say';
import type { Recording } from './recorder';

const type = 'video/webm;codecs=vp8,opus';

export class RecordingPanel {
  #room: Room;
  #tiles: Tiles;
  #recorder: Recording | null = null;
  #recorded: string | null = null;
  #tone: ReturnType<typeof setInterval> | null = null;

  constructor(room: Room, tiles: Tiles) {
    this.#room = room;
    this.#tiles = tiles;
    room.on('roster', () => {
      if (room.roster.admitted) this.#draw();
    });
    room.on('out', () => this.#end());
    room.hub.on('lost', () => this.#end());
    press('recordMine').onclick = () => {
      if (room.roster.recording?.mine) room.ask('AnswerRecording', false);
      else this.#askConsent();
    };
    press('record').onclick = () => this.#press();
  }

  #draw(): void {
    const r = this.#room.roster.recording;
    $('recordBox').hidden = !r;
    $('recording').hidden = !r?.id;
    if (!r) {
      this.#end();
      return;
    }
    $('recording').textContent = say('recordingNow');
    $('recordState').textContent = say(r.mine ? 'recordMineYes' : 'recordMineNo');
    $('recordMine').textContent = say(r.mine ? 'recordWithdraw' : 'recordAgree');
    $('recordMine').hidden = !r.asked && !r.mine;
    $('record').textContent = say(r.id ? 'recordStop' : !r.asked ? 'recordAsk' : r.all ? 'recordStart' : 'recordWait');
    press('record').disabled = r.asked && !r.all && !r.id;
    if (r.asked && r.mine === null && !$<HTMLDialogElement>('recordDialog').open) this.#askConsent();
    this.#sound(!!r.id);
    if (r.id && this.#room.role === 'teacher' && r.id !== this.#recorded) this.#begin(r.id);
    else if (!r.id) this.#end();
  }

  /** Heard by everybody, at the beginning, at the end, and each minute between: nobody who only listens may miss it. */
  #sound(on: boolean): void {
    if (on === (this.#tone !== null)) return;
    if (this.#tone) clearInterval(this.#tone);
    this.#tone = on ? setInterval(() => tone(660), 60_000) : null;
    tone(on ? 660 : 440);
    tellKey(on ? 'recordBegun' : 'recordEnded');
  }

  #askConsent(): void {
    const { info, roster, isPupil } = this.#room;
    const guardian = field('guardian');
    const ready = () => {
      press('recordYes').disabled = isPupil && !guardian.checked;
    };
    const r = roster.recording;
    $('recordText').textContent = [
      say('recordText', info?.teacherFirstName),
      say(r?.forFamilies ? 'recordForFamilies' : 'recordForStaff'),
      say(r?.days === 1 ? 'recordDay' : 'recordDays', r?.days),
    ].join(' ');
    $('guardianLine').hidden = !isPupil;
    guardian.checked = false;
    guardian.onchange = ready;
    ready();
    ask('recordDialog', (answer) => this.#room.ask('AnswerRecording', answer === 'yes'));
  }

  async #press(): Promise<void> {
    const r = this.#room.roster.recording;
    if (!r?.asked) {
      await this.#room.ask('AskToRecord');
    } else if (r.id) {
      await this.#end();
      await this.#room.ask('StopRecording');
    } else if (window.MediaRecorder?.isTypeSupported(type)) {
      await this.#room.ask('StartRecording');
    } else tellKey('recordUnable');
  }

  async #begin(id: string): Promise<void> {
    this.#recorded = id;
    const { Recording } = await import('./recorder');
    const { roster, query, media } = this.#room;
    if (roster.recording?.id !== id) return;
    this.#recorder = new Recording(
      id,
      query,
      () => ({
        tiles: this.#tiles.scene,
        board: $('boardPane').hidden ? null : $<HTMLCanvasElement>('boardSheet'),
        page: $('pagePane').hidden ? null : $<HTMLImageElement>('page'),
      }),
      () => [media.mic, ...media.received.filter((x) => x.kind === 'audio').map((x) => x.track)],
    );
    this.#recorder.start();
  }

  async #end(): Promise<void> {
    const ended = this.#recorder;
    this.#recorder = null;
    await ended?.stop();
  }
}

function tone(frequency: number): void {
  const context = new AudioContext();
  const sound = new OscillatorNode(context, { frequency });
  const volume = new GainNode(context, { gain: 0.12 });
  sound.connect(volume).connect(context.destination);
  sound.start();
  sound.stop(context.currentTime + 0.35);
  sound.onended = () => context.close();
}
