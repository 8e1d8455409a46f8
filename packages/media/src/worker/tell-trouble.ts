import type { MediaLegId, MixId, Source } from '@vaxel/core'
import type { WorkerMessage } from './protocol.ts'

/** Tells the main thread, for its log, what went wrong with a file. */
export function tellTrouble(
  tell: (message: WorkerMessage) => void,
  of: MediaLegId | MixId,
  what: string,
  path: string,
  reason: string,
): void {
  tell({ tell: 'event', event: { kind: 'trouble', leg: of as string as MediaLegId, what, path, reason } })
}

/** Tells that nothing can be heard of a source, and why. */
export function tellUnplayable(
  tell: (message: WorkerMessage) => void,
  of: MediaLegId | MixId,
  source: Source,
  reason: string,
): void {
  tellTrouble(tell, of, 'a file cannot be played', source.kind === 'file' ? source.path : source.kind, reason)
}

/** Tells that a leg does nothing more by a fault of ours: its call ends, and the log has where it happened. */
export function tellBroken(tell: (message: WorkerMessage) => void, leg: MediaLegId, error: unknown): void {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
  tellTrouble(tell, leg, 'a leg failed by a fault of the platform', '', reason)
  const told = 'The platform failed on the audio of this side; its log says where.'
  tell({ tell: 'event', event: { kind: 'failed', leg, reason: told } })
}
