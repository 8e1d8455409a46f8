import { refusal } from '@vaxel/base'

export const WebChatOver = refusal('WEB_CHAT_OVER', {
  sip: 410,
  http: 409,
  blame: 'caller',
  text: 'This conversation is over.',
})
export const WebChatFull = refusal('WEB_CHAT_FULL', {
  sip: 480,
  http: 409,
  blame: 'caller',
  text: 'This conversation is as long as one can be. End it and begin a new one.',
})
export const WebChatClosed = refusal('WEB_CHAT_CLOSED', {
  sip: 480,
  http: 409,
  blame: 'caller',
  text: 'Nobody is here at the moment.',
})
export const WebChatConsent = refusal('WEB_CHAT_CONSENT', {
  sip: 400,
  http: 400,
  blame: 'caller',
  text: 'A conversation begins when the visitor has agreed that it is kept.',
})
export const WebChatNoVoice = refusal('WEB_CHAT_NO_VOICE', {
  sip: 403,
  http: 409,
  blame: 'caller',
  text: 'Speaking is not on offer in this conversation.',
})
