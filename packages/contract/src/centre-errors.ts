import { refusal } from '@vaxel/base'

export const CentreChangedSince = refusal('CENTRE_CHANGED_SINCE', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'Somebody else has changed the draft of the contact centre since you read it. Read it again, and make your change there.',
})
export const CentreNotSound = refusal('CENTRE_NOT_SOUND', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'The contact centre cannot be published like this: mend what is listed first.',
})
export const CentreNothingToPublish = refusal('CENTRE_NOTHING_TO_PUBLISH', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'Nothing is different from what is published.',
})
export const CentreTooMany = refusal('CENTRE_TOO_MANY', {
  sip: 403,
  http: 409,
  blame: 'caller',
  text: 'There are as many of these as a contact centre may have. Remove some that nobody needs.',
})
export const CentreQueueNotPublished = refusal('CENTRE_QUEUE_NOT_PUBLISHED', {
  sip: 404,
  http: 409,
  blame: 'caller',
  text: 'This queue is not published yet. Publish it first, then give it a number.',
})
