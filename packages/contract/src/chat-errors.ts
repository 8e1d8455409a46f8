import { refusal } from '@vaxel/base'

export const NotYourGroup = refusal('CHAT_NOT_GROUP_ADMIN', {
  sip: 403,
  http: 403,
  blame: 'caller',
  text: 'Only those who look after this group may do this. Ask one of them.',
})
export const PairStays = refusal('CHAT_PAIR_STAYS', {
  sip: 403,
  http: 409,
  blame: 'caller',
  text: 'A conversation of two stays one of two. Make a group instead.',
})
export const GroupFull = refusal('CHAT_GROUP_FULL', {
  sip: 503,
  http: 409,
  blame: 'caller',
  text: 'A group may have 200 people.',
})
export const TooManyConversations = refusal('CHAT_TOO_MANY_CONVERSATIONS', {
  sip: 503,
  http: 409,
  blame: 'caller',
  text: 'You are in 5,000 conversations, which is as many as there may be. Leave some groups first.',
})
export const TooLateToChange = refusal('CHAT_TOO_LATE_TO_CHANGE', {
  sip: 403,
  http: 409,
  blame: 'caller',
  text: 'This message is too old to be changed. Write another one.',
})
export const MessageGone = refusal('CHAT_MESSAGE_GONE', {
  sip: 410,
  http: 410,
  blame: 'caller',
  text: 'This message has been deleted.',
})
export const NothingSaid = refusal('CHAT_NOTHING_SAID', {
  sip: 400,
  http: 400,
  blame: 'caller',
  text: 'A message needs a text or a file.',
})
export const TooFast = refusal('CHAT_TOO_FAST', {
  sip: 480,
  http: 429,
  blame: 'caller',
  text: 'That is more than may be sent in a short time. Try again in a moment.',
})
export const FileTooLarge = refusal('CHAT_FILE_TOO_LARGE', {
  sip: 413,
  http: 413,
  blame: 'caller',
  text: 'This file is larger than your company allows.',
})
export const NoSpaceLeft = refusal('CHAT_NO_SPACE_LEFT', {
  sip: 503,
  http: 409,
  blame: 'caller',
  text: 'The space that your company has for files is used up. Ask your administrator.',
})
export const WrongPlaceInFile = refusal('CHAT_WRONG_PLACE_IN_FILE', {
  sip: 400,
  http: 409,
  blame: 'caller',
  text: 'The file does not go on there. Ask how much has arrived, and send what comes after it in pieces of 65,536 bytes or a multiple of that.',
})
export const FileInfected = refusal('CHAT_FILE_INFECTED', {
  sip: 403,
  http: 422,
  blame: 'caller',
  text: 'The virus scanner refuses this file. It was not kept.',
})
