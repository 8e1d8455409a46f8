import type { MediaLegId, MixId, Source } from '@vaxel/core'
import type { WorkerCommand, WorkerMessage } from './protocol.ts'

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
  tellTrouble(tell, leg, 'a leg failed by a fault of the platform', '', placeOf(error))
  const told = 'The platform failed on the audio of this side; its log says where.'
  tell({ tell: 'event', event: { kind: 'failed', leg, reason: told } })
}

/** Tells that a command could not be performed, by a fault of ours, for a leg that is not there or for none. */
export function tellFailed(tell: (message: WorkerMessage) => void, command: WorkerCommand, error: unknown): void {
  const of = 'leg' in command ? command.leg : 'mix' in command ? command.mix : ('' as MediaLegId)
  tellTrouble(tell, of, `a media thread failed to do "${command.do}" by a fault of the platform`, '', placeOf(error))
}

const placeOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
