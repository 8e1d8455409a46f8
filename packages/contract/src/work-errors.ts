import { refusal } from '@vaxel/base'

export const NotAnAgent = refusal('NOT_AN_AGENT', {
  sip: 403,
  http: 409,
  blame: 'caller',
  text: 'This person is no agent of the contact centre. An administrator adds agents there.',
})
export const AgentLoggedOff = refusal('AGENT_LOGGED_OFF', {
  sip: 480,
  http: 409,
  blame: 'caller',
  text: 'The agent is not logged in.',
})
export const OfferGone = refusal('OFFER_GONE', {
  sip: 410,
  http: 409,
  blame: 'caller',
  text: 'The offer is over: the time ran out, the customer left, or somebody else has it.',
})
export const WorkGone = refusal('WORK_GONE', {
  sip: 410,
  http: 409,
  blame: 'caller',
  text: 'This work is not there any more, or somebody else has it.',
})
export const NoRoomForWork = refusal('NO_ROOM_FOR_WORK', {
  sip: 486,
  http: 409,
  blame: 'caller',
  text: 'You have as much work as you may have at once. Finish something or put it aside first.',
})
export const WrapUpCodeNeeded = refusal('WRAP_UP_CODE_NEEDED', {
  sip: 400,
  http: 409,
  blame: 'caller',
  text: 'Choose a code that says what came of it.',
})
export const QueueNotThere = refusal('QUEUE_NOT_THERE', {
  sip: 404,
  http: 404,
  blame: 'caller',
  text: 'There is no such queue, or it does not take work of this kind.',
})
export const ReasonNotThere = refusal('REASON_NOT_THERE', {
  sip: 400,
  http: 409,
  blame: 'caller',
  text: 'Choose one of the reasons of the contact centre.',
})
export const CentreAway = refusal('CENTRE_AWAY', {
  sip: 503,
  http: 503,
  blame: 'us',
  text: 'The contact centre cannot keep anything at the moment, so it changes nothing. Try again in a moment.',
})
