import { refusal } from '@vaxel/base'

export const RecordingHeld = refusal('RECORDING_HELD', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'This recording is on hold, so it is not deleted. End the hold first.',
})
export const RecordingRuns = refusal('RECORDING_RUNS', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'This recording still runs. Stop it, or wait for the end of the call.',
})
export const RecordingPolicyWrong = refusal('RECORDING_POLICY_WRONG', {
  sip: 400,
  http: 400,
  blame: 'caller',
  text: 'The policy does not hold; every mistake is named in the detail.',
})
