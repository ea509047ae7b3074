// Everybody's picture, with their name and what is to be known of them at a glance.
import type { Person } from '../contract';
import { $, element } from '../dom';
import { icon, type Shape } from '../icons';
import type { Received } from '../media/media';
import type { Sound } from '../media/sound';
import type { Room } from '../room';
import { say } from '../words/say';
import { reactionSigns, reactionWords } from './react';

interface Tile {
  element: HTMLElement;
  video: HTMLVideoElement;
  initial: HTMLElement;
  name: HTMLElement;
  sign: HTMLElement;
  reaction: HTMLElement;
}

const shown = (video: HTMLVideoElement) => (video.srcObject as MediaStream | null)?.getVideoTracks()[0];

function play(video: HTMLVideoElement, track: MediaStreamTrack | null | undefined): void {
  if (shown(video) !== (track ?? undefined)) video.srcObject = track ? new MediaStream([track]) : null;
}

export class Tiles {
  #room: Room;
  #sound: Sound;
  #tiles = new Map<string, Tile>();

  constructor(room: Room, sound: Sound) {
    this.#room = room;
    this.#sound = sound;
    room.on('people', () => {
      this.#draw();
      reachable($('tiles'));
    });
    new ResizeObserver(() => reachable($('tiles'))).observe($('tiles'));
    room.media.on('received', (received) => this.attach(received));
    room.media.on('own', ({ heard }) => this.#tiles.get(room.me)?.element.classList.toggle('speaking', heard === 'heard'));
    room.media.on('level', ({ id, speaking }) => this.#tiles.get(id)?.element.classList.toggle('speaking', speaking));
  }

  /** Whom one sees large; null for nobody. */
  large: string | null = null;

  show(large: string | null): void {
    if (this.large === large) return;
    this.large = large;
    this.#draw();
  }

  elementOf(id: string): HTMLElement | undefined {
    return this.#tiles.get(id)?.element;
  }

  /** Null where there is none to see. */
  pictureOf(id: string): HTMLVideoElement | null {
    const video = this.#tiles.get(id)?.video;
    return video?.srcObject && video.style.visibility !== 'hidden' ? video : null;
  }

  /** What a recording shows of them. */
  get scene(): { video: HTMLVideoElement | null; name: string }[] {
    return [...this.#tiles.values()].map((t) => ({
      video: t.video.style.visibility === 'hidden' ? null : t.video,
      name: t.name.textContent ?? '',
    }));
  }

  /** Everybody's voice plays by itself, their picture in their tile. */
  attach(received: Received[]): void {
    this.#sound.take(received.filter((r) => r.kind === 'audio'));
    const pictures = new Map(received.filter((r) => r.kind === 'video').map((r) => [r.participantId, r.track]));
    for (const [id, track] of pictures) {
      const { video } = this.#of(id);
      play(video, track);
      video.play().catch(() => {});
    }
    for (const [id, tile] of this.#tiles) if (id !== this.#room.me && !pictures.has(id)) tile.video.srcObject = null;
    this.#room.tell('people', undefined);
  }

  #of(id: string): Tile {
    const known = this.#tiles.get(id);
    if (known) return known;
    const video = element('video', { autoplay: true, playsInline: true, muted: true });
    const initial = element('span', { className: 'initial', ariaHidden: 'true' });
    const name = element('span', { className: 'name' });
    const sign = element('span', { className: 'sign', ariaHidden: 'true', hidden: true });
    const reaction = element('span', { className: 'reaction', hidden: true });
    const whole = element('div', { className: 'tile', role: 'group' }, initial, video, name, sign, reaction);
    const tile = { element: whole, video, initial, name, sign, reaction };
    tile.element.dataset.id = id;
    this.#tiles.set(id, tile);
    $('tiles').append(tile.element);
    return tile;
  }

  #draw(): void {
    const { inside } = this.#room;
    for (const [id, tile] of this.#tiles)
      if (!inside.some((p) => p.id === id)) {
        tile.element.remove();
        this.#tiles.delete(id);
      }
    $('tiles').dataset.many = inside.length > 12 ? 'more' : String(inside.length);
    $('tiles').classList.toggle('oneLarge', inside.length > 1 && inside.some((p) => p.id === this.large));
    for (const p of inside) this.#drawOne(p, inside.length);
  }

  #drawOne(p: Person, inside: number): void {
    const { me, media, hands, desk, reactions } = this.#room;
    const place = hands.indexOf(p.id);
    const tile = this.#of(p.id);
    const mine = p.id === me;
    const name = mine ? say('me', p.name) : p.name;
    tile.name.replaceChildren(...signs(p).map(icon), mine ? say('meShort') : p.name);
    tile.sign.hidden = place < 0;
    tile.sign.replaceChildren(icon('hand'), String(place + 1));
    const reaction = reactions.get(p.id);
    tile.reaction.hidden = !reaction;
    if (reaction) tile.reaction.replaceChildren(icon(reactionSigns[reaction]), say(reactionWords[reaction]));
    tile.element.classList.toggle('floor', desk?.floor === p.id);
    const facts = [
      name,
      p.role === 'pupil' ? '' : say(p.role),
      p.flags.microphone ? '' : say('micIsOff'),
      place < 0 ? '' : say('handUp', place + 1),
      desk?.floor === p.id ? say('hasFloor') : '',
    ];
    tile.element.setAttribute('aria-label', facts.filter(Boolean).join(', '));
    tile.initial.textContent = (p.name[0] ?? '?').toUpperCase();
    tile.element.classList.toggle('me', mine);
    tile.element.classList.toggle('large', p.id === this.large);
    tile.element.classList.toggle('sharing', p.flags.sharing);
    // Sound alone, on either side, would leave the last picture standing.
    const soundAlone = !mine && (media.effective === 'audio' || p.flags.quality === 'audio');
    tile.video.style.visibility = (p.flags.camera || p.flags.sharing) && !soundAlone ? 'visible' : 'hidden';
    if (mine) play(tile.video, media.screen ?? media.camera);
    else media.want(p.id, p.flags.sharing || p.id === this.large || (inside <= 3 && innerWidth > 768) ? 'high' : 'low');
  }
}

/** What scrolls can be scrolled by keyboard. */
function reachable(box: HTMLElement): void {
  box.tabIndex = box.scrollHeight > box.clientHeight ? 0 : -1;
}

function signs({ flags }: Person): Shape[] {
  const all: Shape[] = [];
  if (!flags.microphone) all.push('micOff');
  if (flags.quality !== 'good') all.push('signal');
  return all;
}
