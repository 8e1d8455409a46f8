import {
  type AuthenticationResponseJSON,
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
} from '@simplewebauthn/browser'
import type { RequestOf } from '../api/api.ts'
import { PasskeyCancelled } from './passkey-cancelled.ts'

export type PasskeyProof = RequestOf<'loginWithPasskey'>['body']['passkey']
export type NewPasskey = RequestOf<'addPasskey'>['body']['passkey']

/** The browser's side of WebAuthn. */
export interface BrowserPasskeys {
  readonly isSupported: boolean
  /** Whether passkeys can be offered where the login is typed. */
  canAutofill(): Promise<boolean>
  /** @param isAutofill waits until one is chosen where the login is typed; ends when another question is asked */
  ask(options: Record<string, unknown>, isAutofill?: boolean): Promise<PasskeyProof>
  make(options: Record<string, unknown>): Promise<NewPasskey>
  /** Nobody waits for an answer any more. */
  cancel(): void
}

/** The only file that knows the library. */
export const browserPasskeys: BrowserPasskeys = {
  isSupported: browserSupportsWebAuthn(),
  canAutofill: browserSupportsWebAuthnAutofill,
  async ask(options, isAutofill = false) {
    const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON
    const { id, response } = await orCancelled<AuthenticationResponseJSON>(() =>
      startAuthentication({ optionsJSON, useBrowserAutofill: isAutofill, verifyBrowserAutofillInput: false }),
    )
    const { clientDataJSON, authenticatorData, signature, userHandle } = response
    return { id, clientDataJSON, authenticatorData, signature, ...(userHandle ? { userHandle } : {}) }
  },
  async make(options) {
    const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON
    const { id, response } = await orCancelled(() => startRegistration({ optionsJSON }))
    const { clientDataJSON, attestationObject, transports } = response
    return { id, clientDataJSON, attestationObject, ...(transports ? { transports } : {}) }
  },
  cancel: () => WebAuthnAbortService.cancelCeremony(),
}

async function orCancelled<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    const { name } = error as Error
    if (name === 'NotAllowedError' || name === 'AbortError') throw new PasskeyCancelled()
    throw error
  }
}
