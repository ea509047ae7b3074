// Which microphone, camera and loudspeaker: the choice of whoever has several, kept on this device.
import { Bus } from '../bus';
import { $, dialog, element, press } from '../dom';
import { icon } from '../icons';
import { type Key, say } from '../words/say';

export const kinds = ['audioinput', 'videoinput', 'audiooutput'] as const;
export type DeviceKind = (typeof kinds)[number];

const names: Record<DeviceKind, Key> = { audioinput: 'microphone', videoinput: 'camera', audiooutput: 'speaker' };
const memory = (kind: DeviceKind) => `device-${kind}`;

/** Empty for the device that the browser prefers. */
export const chosenDevice = (kind: DeviceKind): string => localStorage.getItem(memory(kind)) ?? '';

/** Exactly that one: browsers take an ideal one for a hint. */
export function withChosen(wish: MediaStreamConstraints): MediaStreamConstraints {
  const asked = (own: MediaStreamConstraints['audio'], kind: DeviceKind) => {
    const id = chosenDevice(kind);
    return own && id ? { ...(own === true ? {} : own), deviceId: { exact: id } } : own;
  };
  return { audio: asked(wish.audio, 'audioinput'), video: asked(wish.video, 'videoinput') };
}

export class DeviceChoice extends Bus<{ chosen: DeviceKind }> {
  constructor() {
    super();
    const sheet = dialog('devicesDialog');
    press('closeDevices').replaceChildren(icon('cross'));
    press('closeDevices').setAttribute('aria-label', say('closePanel'));
    for (const id of ['devices', 'chooseDevices'])
      press(id).onclick = async () => {
        await this.#fill();
        sheet.showModal();
      };
    // A headset that was put in is there at once.
    navigator.mediaDevices?.addEventListener('devicechange', () => this.#fill());
  }

  #fill = () => listDevices((kind) => this.tell('chosen', kind));
}

/** What there is, each to be chosen. */
export async function listDevices(chosen: (kind: DeviceKind) => void): Promise<void> {
  const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  $('deviceList').replaceChildren(...kinds.flatMap((kind) => line(kind, all, chosen)));
}

function line(kind: DeviceKind, all: MediaDeviceInfo[], chosen: (kind: DeviceKind) => void): HTMLElement[] {
  if (kind === 'audiooutput' && !('setSinkId' in HTMLMediaElement.prototype)) return [];
  const found = all.filter((d) => d.kind === kind && d.deviceId && d.deviceId !== 'default' && d.deviceId !== 'communications');
  const select = element('select', { id: `choose-${kind}` }, new Option(say(found.length ? 'deviceUsual' : 'deviceNone'), ''));
  select.append(...found.map((d, i) => new Option(d.label || `${say(names[kind])} ${i + 1}`, d.deviceId)));
  select.value = found.some((d) => d.deviceId === chosenDevice(kind)) ? chosenDevice(kind) : '';
  select.disabled = !found.length;
  select.onchange = () => {
    localStorage.setItem(memory(kind), select.value);
    chosen(kind);
  };
  return [element('label', { htmlFor: select.id }, say(names[kind])), select];
}
