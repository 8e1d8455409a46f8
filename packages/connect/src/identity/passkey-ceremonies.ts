import type { PasskeyCeremonies } from '@vaxel/core'
import type { AuthenticatorTransport } from '@simplewebauthn/server'

const timeoutMs = 5 * 60_000
const productName = 'Vaxel'
/** Loaded with the first passkey. */
const library = () => import('@simplewebauthn/server')

/** WebAuthn level 3. The only file that knows the library. */
export const passkeyCeremonies: PasskeyCeremonies = {
  async creationOptions({ rpId }, user, known) {
    const options = await (await library()).generateRegistrationOptions({
      rpName: productName,
      rpID: rpId,
      userID: new TextEncoder().encode(user.id),
      userName: user.login,
      userDisplayName: user.displayName,
      timeout: timeoutMs,
      attestationType: 'none',
      excludeCredentials: known.map(({ credentialId, transports }) => ({
        id: credentialId,
        transports: [...transports],
      })),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    })
    return { challenge: options.challenge, options: { ...options } }
  },
  async verifyCreation({ rpId, origin }, challenge, creation) {
    return wrongIfItThrows(async () => {
      const { verified, registrationInfo } = await (await library()).verifyRegistrationResponse({
        response: {
          id: creation.id,
          rawId: creation.id,
          type: 'public-key',
          clientExtensionResults: {},
          response: { clientDataJSON: creation.clientDataJSON, attestationObject: creation.attestationObject },
        },
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: rpId,
        requireUserVerification: true,
      })
      if (!verified) return { wrong: 'its signature does not hold' }
      const { credential, credentialBackedUp } = registrationInfo
      return {
        credentialId: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
        transports: creation.transports ?? [],
        isBackedUp: credentialBackedUp,
      }
    })
  },
  async requestOptions({ rpId }, known) {
    const options = await (await library()).generateAuthenticationOptions({
      rpID: rpId,
      timeout: timeoutMs,
      userVerification: known.length === 0 ? 'required' : 'preferred',
      allowCredentials: known.map(({ credentialId, transports }) => ({
        id: credentialId,
        transports: [...transports],
      })),
    })
    return { challenge: options.challenge, options: { ...options } }
  },
  async verifyAnswer({ rpId, origin }, challenge, passkey, answer, verifiesUser) {
    return wrongIfItThrows(async () => {
      const { verified, authenticationInfo } = await (await library()).verifyAuthenticationResponse({
        response: {
          id: answer.id,
          rawId: answer.id,
          type: 'public-key',
          clientExtensionResults: {},
          response: {
            clientDataJSON: answer.clientDataJSON,
            authenticatorData: answer.authenticatorData,
            signature: answer.signature,
          },
        },
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: rpId,
        requireUserVerification: verifiesUser,
        credential: {
          id: passkey.credentialId,
          publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
          // Our own rule judges the counter, which must also tell administrators.
          counter: 0,
          transports: [...passkey.transports] as AuthenticatorTransport[],
        },
      })
      if (!verified) return { wrong: 'its signature does not hold' }
      return { counter: authenticationInfo.newCounter, isBackedUp: authenticationInfo.credentialBackedUp }
    })
  },
}

/** The library throws for whatever the browser may have got wrong. */
async function wrongIfItThrows<T>(check: () => Promise<T>): Promise<T | { wrong: string }> {
  try {
    return await check()
  } catch (error) {
    return { wrong: (error as Error).message }
  }
}
