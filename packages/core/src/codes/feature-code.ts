/** What can be asked for by dialling a code. The words are stable: settings, records and screens name features by them. */
export type Feature =
  | 'groupPickup'
  | 'directedPickup'
  | 'park'
  | 'retrieve'
  | 'campOn'
  | 'campOnCancel'
  | 'flip'
  | 'intercom'
  | 'conference'
  | 'recordToggle'
  | 'recordPause'
  | 'voicemail'
  | 'voicemailOf'
  | 'deskSharing'
  | 'forwardAlways'
  | 'forwardAlwaysOff'
  | 'forwardBusy'
  | 'forwardBusyOff'
  | 'forwardNoAnswer'
  | 'forwardNoAnswerOff'
  | 'doNotDisturb'
  | 'doNotDisturbOff'
  | 'groupLogin'
  | 'groupLogout'
  | 'agentLogin'
  | 'agentLogout'
  | 'agentReady'
  | 'agentNotReady'
  | 'assistantsOn'
  | 'assistantsOff'
  | 'profile'

/** What is dialled after the code: nothing, something if wanted, or something that is needed. */
export type CodeArgument = 'none' | 'optional' | 'required'

export interface FeatureRow {
  readonly feature: Feature
  /** As delivered; a company may have another one, or none. */
  readonly code: string
  readonly argument: CodeArgument
}

/**
 * Every feature with a code, in the order in which people are shown them. Forwarding, do not disturb and pickup have the codes
 * that ETSI ETS 300 738 and public networks in Europe have for them, as far as those have any.
 */
export const featureRows: readonly FeatureRow[] = [
  { feature: 'groupPickup', code: '*8', argument: 'none' },
  { feature: 'directedPickup', code: '**', argument: 'required' },
  { feature: 'park', code: '*68', argument: 'optional' },
  { feature: 'retrieve', code: '*69', argument: 'optional' },
  { feature: 'campOn', code: '*37', argument: 'optional' },
  { feature: 'campOnCancel', code: '#37', argument: 'none' },
  { feature: 'flip', code: '*40', argument: 'none' },
  { feature: 'intercom', code: '*80', argument: 'required' },
  { feature: 'conference', code: '*5', argument: 'none' },
  { feature: 'recordToggle', code: '*71', argument: 'none' },
  { feature: 'recordPause', code: '*72', argument: 'none' },
  { feature: 'voicemail', code: '*98', argument: 'none' },
  { feature: 'voicemailOf', code: '*99', argument: 'required' },
  { feature: 'deskSharing', code: '*9419', argument: 'none' },
  { feature: 'forwardAlways', code: '*21', argument: 'optional' },
  { feature: 'forwardAlwaysOff', code: '#21', argument: 'none' },
  { feature: 'forwardBusy', code: '*67', argument: 'optional' },
  { feature: 'forwardBusyOff', code: '#67', argument: 'none' },
  { feature: 'forwardNoAnswer', code: '*61', argument: 'optional' },
  { feature: 'forwardNoAnswerOff', code: '#61', argument: 'none' },
  { feature: 'doNotDisturb', code: '*26', argument: 'none' },
  { feature: 'doNotDisturbOff', code: '#26', argument: 'none' },
  { feature: 'groupLogin', code: '*28', argument: 'none' },
  { feature: 'groupLogout', code: '#28', argument: 'none' },
  { feature: 'agentLogin', code: '*22', argument: 'none' },
  { feature: 'agentLogout', code: '#22', argument: 'none' },
  { feature: 'agentReady', code: '*23', argument: 'none' },
  { feature: 'agentNotReady', code: '#23', argument: 'optional' },
  { feature: 'assistantsOn', code: '*29', argument: 'none' },
  { feature: 'assistantsOff', code: '#29', argument: 'none' },
  { feature: 'profile', code: '*27', argument: 'optional' },
]

/** Codes of a company that are not as delivered; an empty one means that the feature has none here. */
export type OwnCodes = Partial<Readonly<Record<Feature, string>>>

/** The codes that hold in a company; those that it has switched off are left out. */
export function codesOf(own: OwnCodes | undefined): readonly FeatureRow[] {
  if (!own) return featureRows
  return featureRows
    .map((row) => ({ ...row, code: own[row.feature] ?? row.code }))
    .filter(({ code }) => code.length > 0)
}
