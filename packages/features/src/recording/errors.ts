import { refusal } from '@vaxel/base'

/** The company wants no call without a recording, and nothing can be written. */
export const NoRecordingNoCall = refusal('RECORDING_NOT_POSSIBLE', {
  sip: 503,
  http: 503,
  blame: 'us',
  text: 'Calls of this company must be recorded, and recordings cannot be written at the moment: the disk is full.',
})
