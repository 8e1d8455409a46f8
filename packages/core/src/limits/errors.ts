import { refusal } from '@vaxel/base'

export const TooManyCalls = refusal('LIMIT_CALLS_AT_ONCE', {
  sip: 486,
  http: 429,
  blame: 'caller',
  text: 'Too many calls at once; end one first.',
})
export const TooManyCallsPerMinute = refusal('LIMIT_CALLS_PER_MINUTE', {
  sip: 503,
  http: 429,
  blame: 'caller',
  text: 'Too many calls in the last minute; wait a little.',
})
export const SpendLimitReached = refusal('LIMIT_SPEND', {
  sip: 403,
  http: 403,
  blame: 'caller',
  text: "Today's limit of money for calls is used up; an administrator can raise it.",
})
export const TrunkFull = refusal('TRUNK_FULL', {
  sip: 503,
  http: 503,
  blame: 'us',
  text: 'All channels of the trunk are in use.',
})
export const Overloaded = refusal('OVERLOADED', {
  sip: 503,
  http: 503,
  blame: 'us',
  text: 'The platform is full; try again in a moment.',
})
