import Type from 'typebox'
import type { EventKind } from './event-kind.ts'

const leg = Type.String({ description: 'The connection it is about.' })

const onCall = (kind: string, summary: string, data: EventKind['data']): EventKind => ({
  kind,
  summary,
  audience: 'participants',
  data,
})

/** What becomes of faxes within calls. */
export const faxEvents: readonly EventKind[] = [
  onCall(
    'fax.detected',
    'A fax machine was heard: its audio is passed on unchanged from now on.',
    Type.Object({
      leg,
      tone: Type.String({ description: '`CNG`, 1100 Hz of who sends; `CED`, 2100 Hz of who answers.' }),
    }),
  ),
  onCall('fax.relayed', 'A connection went over to T.38.', Type.Object({ leg })),
  onCall('fax.relayEnded', 'A connection went back from T.38 to audio.', Type.Object({ leg })),
  onCall(
    'fax.relayRefused',
    'A connection does not take T.38; the fax goes on as audio.',
    Type.Object({ leg, status: Type.Integer({ description: 'SIP status.' }) }),
  ),
]
