import Type from 'typebox'
import type { EventKind } from './event-kind.ts'

const onCall = (kind: string, summary: string): EventKind => ({
  kind,
  summary,
  audience: 'participants',
  data: Type.Object({}),
})

/** Which way the audio of a call takes. */
export const audioEvents: readonly EventKind[] = [
  onCall('audio.released', 'The two telephones of a call send their audio to each other, within their network.'),
  onCall('audio.anchored', 'The audio of a call goes through the server again.'),
]
