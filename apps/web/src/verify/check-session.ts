import type { ReplyOf } from '../api/api.ts'

/** What the server tells a checker at the beginning. */
export type CheckSession = ReplyOf<'startSiteCheck'>
export type CheckPorts = CheckSession['ports']

/** What the server measured of what came to it. */
export type StreamFigures = Pick<ReplyOf<'readSiteStream'>, 'packets' | 'lost' | 'jitterMs' | 'heard' | 'roundTripMs'>
