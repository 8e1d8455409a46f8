import { isIPv4 } from 'node:net'
import type { ProbeContext } from '../check/check.ts'

/** Where the server of the session is reached by UDP; undefined without a session, or where its name is not found. */
export async function serverAddress({ session, addressesOf }: ProbeContext): Promise<string | undefined> {
  if (!session) return undefined
  const found = await addressesOf(session.check.address)
  return found.find((address) => isIPv4(address)) ?? found[0]
}
