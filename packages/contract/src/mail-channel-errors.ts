import { refusal } from '@vaxel/base'

export const MailboxTaken = refusal('MAIL_MAILBOX_TAKEN', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'This mailbox is read already. Two readers of one mailbox would answer its mails twice.',
})
export const AnsweredMeanwhile = refusal('MAIL_ANSWERED_MEANWHILE', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'Something has come into this conversation since you opened it: an answer of somebody else, or a new mail. Look at it; then send again if you still want to.',
})
export const NoReceiver = refusal('MAIL_NO_RECEIVER', {
  sip: 422,
  http: 422,
  blame: 'caller',
  text: 'Nobody would get this mail. Give an address to send it to.',
})
export const SendsNothing = refusal('MAIL_SENDS_NOTHING', {
  sip: 409,
  http: 409,
  blame: 'us',
  text: 'This mailbox has no server for sending. Ask your administrator to set one up.',
})
export const MailTooLarge = refusal('MAIL_TOO_LARGE', {
  sip: 413,
  http: 422,
  blame: 'caller',
  text: 'All files of one mail may have 20 MB together, and 20 files may go with it.',
})
export const MailFileGone = refusal('MAIL_FILE_GONE', {
  sip: 404,
  http: 409,
  blame: 'caller',
  text: 'A file that was to go with this mail is not in its draft any more. Attach it again, or send without it.',
})
export const ConversationChanged = refusal('MAIL_CONVERSATION_CHANGED', {
  sip: 409,
  http: 409,
  blame: 'unknown',
  text: 'The conversation was changed by somebody else at the same moment. Try again.',
})
export const NotHeld = refusal('MAIL_NOT_HELD', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'Nothing is to be decided about this mail: it was sent, or is on its way.',
})
