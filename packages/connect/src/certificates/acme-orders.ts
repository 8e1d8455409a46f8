import type { AcmeOrder } from '@vaxel/core'
import type { KeyedCertificate } from './certificate-issuer.ts'

const longestMs = 120_000
const directoryMs = 10_000

/** Loaded with the first order: few servers make one. */
const library = async () => (await import('acme-client')).default

/**
 * Orders a certificate (RFC 8555): an account, a proof over HTTP for each name, then the certificate with its chain. The only
 * file that knows the library. Rejects with what the ACME server said.
 * @param tokens where the answers to challenges are put while the server asks for them
 */
export async function orderCertificate(options: {
  order: AcmeOrder
  accountKeyPem: string
  tokens: Map<string, string>
}): Promise<KeyedCertificate> {
  const { order, accountKeyPem, tokens } = options
  const { directoryUrl, names, email } = order
  await findDirectory(directoryUrl)
  const acme = await library()
  const client = new acme.Client({ directoryUrl, accountKey: accountKeyPem, backoffMax: 5000, backoffMin: 500 })
  const [keyPem, csr] = await acme.crypto.createCsr({ commonName: names[0]!, altNames: [...names] })
  const certPem = await within(
    longestMs,
    client.auto({
      csr,
      termsOfServiceAgreed: true,
      ...(email === undefined ? {} : { email }),
      challengePriority: ['http-01'],
      // Whether the way in is open is for the ACME server to find out: from inside it often is not.
      skipChallengeVerification: true,
      challengeCreateFn: async (_, { token }, answer) => void tokens.set(token, answer),
      challengeRemoveFn: async (_, { token }) => void tokens.delete(token),
    }),
  )
  return { certPem, keyPem: keyPem.toString() }
}

/** A key for an account, PEM. */
export const makeAccountKey = async (): Promise<string> =>
  (await (await library()).crypto.createPrivateEcdsaKey()).toString()

/** Asks for the directory (RFC 8555 section 7.1.1) once before the library does, which asks for minutes and then loses the reason. */
async function findDirectory(url: string): Promise<void> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(directoryMs) }).catch((error: Error) => {
    const { message } = error.cause instanceof Error ? error.cause : error
    throw new Error(`${url} cannot be reached (${message}). Check the address, and that this server may connect to it.`)
  })
  const directory: unknown = await answer.json().catch(() => undefined)
  if (typeof directory !== 'object' || directory === null || !('newOrder' in directory))
    throw new Error(
      `What answers at ${url} is no ACME directory. Give the address of the directory itself, as the authority names it.`,
    )
}

function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the ACME server took too long')), limitMs)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
