import { createHash } from 'node:crypto'
import type { TrunkId } from '@vaxel/base'
import type { Directory, Trunk, TrunkTls } from '@vaxel/core'

/**
 * What a connection of this trunk is verified by, as the transport is told of it: it changes with the trunk's settings, so that a connection
 * that was trusted before is not taken for one that is trusted now. Undefined: by this machine's authorities.
 */
export function trustKey({ id, tls }: Pick<Trunk, 'id' | 'tls'>): string | undefined {
  if (!tls?.ca?.length && !tls?.pins?.length) return undefined
  return `${id}/${createHash('sha256')
    .update(JSON.stringify([tls.ca, tls.pins]))
    .digest('hex')}`
}

/** What a key stands for, as long as the trunk has it. */
export function trustOf(directory: Directory, key: string): TrunkTls | undefined {
  const trunk = directory.trunk(key.slice(0, key.indexOf('/')) as TrunkId)
  return trunk && trustKey(trunk) === key ? trunk.tls : undefined
}
