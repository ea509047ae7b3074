import { every, one } from '../dom';

// The server writes what it asks for as JSON with bytes in base64url, and reads the answer the same way.

const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));

const text = (buffer: ArrayBuffer | null): string | null =>
  buffer &&
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

interface Known {
  id: string;
  type: 'public-key';
}

const known = (list: Known[] | undefined) => (list ?? []).map(({ id, type }) => ({ id: bytes(id), type }));

/** What a browser is told when it is to make a key, as its own interface takes it. */
export function toMake(options: string): PublicKeyCredentialCreationOptions {
  const said = JSON.parse(options);
  return {
    ...said,
    challenge: bytes(said.challenge),
    user: { ...said.user, id: bytes(said.user.id) },
    excludeCredentials: known(said.excludeCredentials),
  };
}

/** As above, for a key that it has. */
export function toShow(options: string): PublicKeyCredentialRequestOptions {
  const said = JSON.parse(options);
  return { ...said, challenge: bytes(said.challenge), allowCredentials: known(said.allowCredentials) };
}

/** The answer, as the server reads it. */
export function written(credential: PublicKeyCredential): string {
  const answer = credential.response;
  const parts =
    answer instanceof AuthenticatorAttestationResponse
      ? { attestationObject: text(answer.attestationObject), transports: answer.getTransports?.() ?? [] }
      : {
          authenticatorData: text((answer as AuthenticatorAssertionResponse).authenticatorData),
          signature: text((answer as AuthenticatorAssertionResponse).signature),
          userHandle: text((answer as AuthenticatorAssertionResponse).userHandle),
        };
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: {},
    response: { clientDataJSON: text(answer.clientDataJSON), ...parts },
  });
}

/** A passkey is made or shown at the press of a button, and goes with the form that stands around it. */
export function usePasskeys(): void {
  if (!('PublicKeyCredential' in window)) return;
  for (const part of every('[data-passkey]')) {
    const button = one<HTMLButtonElement>('button[type=button]', part);
    const failed = one('[role=alert][hidden]', part);
    const answer = one<HTMLInputElement>('[name=__passkey]', part);
    part.hidden = false;
    button.addEventListener('click', async () => {
      failed.hidden = true;
      const options = part.dataset.options ?? '';
      const asked =
        part.dataset.passkey === 'make'
          ? navigator.credentials.create({ publicKey: toMake(options) })
          : navigator.credentials.get({ publicKey: toShow(options) });
      // Turned down, too slow, or not on this device: the person chooses again.
      const credential = await asked.catch(() => null);
      failed.hidden = credential !== null;
      if (!credential) return;
      answer.value = written(credential as PublicKeyCredential);
      answer.form?.submit();
    });
  }
}
