// One face large: who speaks, where somebody wants that, or who was pinned. Each for themselves; nobody else's page changes.
import { $, element, pressed } from '../dom';
import { icon, label } from '../icons';
import type { Tiles } from '../people/tiles';
import type { Room } from '../room';
import { say } from '../words/say';
import { large, Speaker } from './speaker';

const memory = 'speaker-view';

export function oneLarge(room: Room, tiles: Tiles): void {
  const speaker = new Speaker();
  let follows = localStorage.getItem(memory) === 'yes';
  let pinned: string | null = null;

  const toggle = element('button', { type: 'button', id: 'speakerView' });
  $('extras').prepend(toggle);
  label('speakerView', 'speaker', say('speakerView'), say('speakerViewLong'));
  toggle.onclick = () => {
    follows = !follows;
    localStorage.setItem(memory, follows ? 'yes' : 'no');
    draw();
  };

  room.media.on('level', ({ id, speaking }) => {
    if (speaker.take(id, speaking, performance.now()) && follows) draw();
  });
  room.on('people', () => {
    speaker.keep(new Set(room.inside.map((p) => p.id)));
    for (const p of room.inside) if (p.id !== room.me) pinOn(p.id, p.name);
    draw();
  });

  function pinOn(id: string, name: string): void {
    const tile = tiles.elementOf(id);
    if (!tile) return;
    let pin = tile.querySelector<HTMLButtonElement>('.pin');
    if (!pin) {
      pin = element('button', { type: 'button', className: 'pin' }, icon('pin'));
      pin.onclick = () => {
        pinned = pinned === id ? null : id;
        draw();
      };
      tile.append(pin);
    }
    pin.setAttribute('aria-label', say('pinOne', name));
    pressed(pin, pinned === id);
  }

  function draw(): void {
    pressed(toggle, follows);
    for (const p of room.inside) {
      const pin = tiles.elementOf(p.id)?.querySelector<HTMLElement>('.pin');
      if (pin) pressed(pin, pinned === p.id);
    }
    tiles.show(large(room.inside, room.me, pinned, follows, speaker.now));
  }
}
