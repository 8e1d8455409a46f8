import { createHash } from 'node:crypto'
import type { TrunkId } from '@vaxel/base'
import type { Directory, Trunk, TrunkTls } from '@vaxel/core'

/** Whether a trunk says whom TLS believes, or whom not. */
export const hasOwnTrust = (tls: TrunkTls | undefined): boolean =>
  [tls?.ca, tls?.pins, tls?.revocationLists].some((list) => (list?.length ?? 0) > 0)

/**
 * What a connection of this trunk is verified by, as the transport is told of it: it changes with the trunk's settings, so that a connection
 * that was trusted before is not taken for one that is trusted now. Undefined: by this machine's authorities.
 */
export function trustKey({ id, tls }: Pick<Trunk, 'id' | 'tls'>): string | undefined {
  if (!hasOwnTrust(tls)) return undefined
  return `${id}/${createHash('sha256')
    .update(JSON.stringify([tls!.ca, tls!.pins, tls!.revocationLists]))
    .digest('hex')}`
}

/** What a key stands for, as long as the trunk has it. */
export function trustOf(directory: Directory, key: string): TrunkTls | undefined {
  const trunk = directory.trunk(key.slice(0, key.indexOf('/')) as TrunkId)
  return trunk && trustKey(trunk) === key ? trunk.tls : undefined
}
