import { refusal } from '@vaxel/base'

/** Every port of VAXEL_MEDIA_PORTS is in use or resting. */
export const NoMediaPort = refusal('MEDIA_NO_PORT', {
  sip: 503,
  http: 503,
  blame: 'us',
  text: 'No port is left for the audio of another call. Try again shortly, or widen VAXEL_MEDIA_PORTS.',
})

/** The leg was released, or the worker that carried it died. */
export const MediaLegGone = refusal('MEDIA_LEG_GONE', {
  sip: 500,
  http: 410,
  blame: 'us',
  text: 'The audio of this call party has ended.',
})

/** The recording's file cannot be made. */
export const RecordingImpossible = refusal('MEDIA_RECORDING_IMPOSSIBLE', {
  sip: 500,
  http: 500,
  blame: 'us',
  text: 'The recording cannot be written.',
})
