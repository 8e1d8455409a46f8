import { counted } from '../../words/count.ts'

const count = counted('en')

export const attendantEn = {
  title: 'Attendant',
  calls: 'Calls',
  people: 'People',
  person: 'Chosen person',
  numbers: 'Numbers',
  search: 'Name, number, department, skill',
  keysHint: 'Enter transfers, Shift+Enter asks first',
  noCalls: 'No calls. The next one shows up here.',
  ringing: (calls: number) => count(calls, '# call is ringing', '# calls are ringing'),
  held: (calls: number) => count(calls, '# call on hold', '# calls on hold'),
  queued: (calls: number) =>
    calls === 0 ? 'Waiting in queues' : count(calls, '# waits in queues', '# wait in queues'),
  handovers: 'Being transferred',
  ringsAt: (name: string) => `is ringing at ${name}`,
  back: (name: string) => `came back: ${name} did not take it`,
  takeBack: 'Take',
  forgotten: 'on hold for long',
  find: 'Find a person',
  give: 'Transfer',
  giveTo: (number: string) => `Transfer to ${number}`,
  ask: 'Ask first',
  call: 'Call',
  complete: 'Put them through',
  park: 'Park the call',
  toVoicemail: 'To their voicemail',
  noNumber: 'This person has no number.',
  message: {
    title: 'Leave a message',
    to: (name: string) => `Message to ${name}`,
    text: 'Message',
    hint: 'Ctrl+Enter sends it.',
    called: (who: string, time: string) => `${who} called at ${time}.`,
    byMail: 'Also by e-mail',
    send: 'Send',
    sent: (name: string) => `${name} has your message in the chat.`,
    sentBoth: (name: string) => `${name} has your message in the chat, and it goes by e-mail too.`,
    noAddress: (name: string) => `${name} has your message in the chat. No e-mail was sent: there is no address.`,
  },
}
