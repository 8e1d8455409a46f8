import type { StepParams } from '../step-params.ts'
import { featuresEn } from './features-en.ts'
import { flowEn } from './flow-en.ts'
import { queuesEn } from './queues-en.ts'
import { routingEn } from './routing-en.ts'

type Sentence = (about: StepParams) => string

/** Forwarding's reasons, after "because". */
const because: Readonly<Record<string, Sentence>> = {
  unconditional: (p) => `${p.name ?? p.who} forwards all calls`,
  'user-busy': (p) => `${p.name ?? p.who} was on the phone or declined`,
  'no-answer': (p) => `${p.name ?? p.who} did not answer in time`,
  unavailable: (p) => `no phone of ${p.name ?? p.who} could be reached`,
  'do-not-disturb': (p) => `${p.name ?? p.who} did not want to be disturbed`,
  deflection: (p) => `${p.name ?? p.who} sent it there while it rang`,
}

const forwarded: Sentence = (p) =>
  `The call went on to ${p.to}, because ${(because[p.reason!] ?? because['unconditional']!)(p)}.`

/** What happened, a sentence each, by the words of the server. */
export const storyEn = {
  steps: {
    called: (p: StepParams) => `${p.who} called ${p.dialled}${p.device ? ` from “${p.device}”` : ''}.`,
    'route.emergency': (p: StepParams) => `${p.number} is an emergency number: nothing holds the call up.`,
    'route.emergency-without-trunk': (p: StepParams) =>
      `${p.number} is an emergency number, but there is no line to the outside.`,
    'route.emergency-call-back': (p: StepParams) =>
      `${p.name} called an emergency number shortly before, so every call gets through.`,
    'route.number-unknown': (p: StepParams) => `${p.number} is nobody's number.`,
    'route.user-gone': (p: StepParams) => `${p.number} belonged to somebody who is no longer here.`,
    'route.no-trunk': (p: StepParams) => `${p.number} is nobody's number here, and no line to the outside takes it.`,
    'route.barred': (p: StepParams) => `Calls to ${p.number} are not allowed for ${p.name}.`,
    'route.by-trunk': (p: StepParams) => `${p.number} is outside; the call went out by ${p.trunk}.`,
    'route.trunk-full': (p: StepParams) => `All ${p.count} channels of ${p.trunk} were in use.`,
    'route.back-to-trunk': (p: StepParams) => `${p.trunk} took the call back, as it asked.`,
    'route.trunk-again': (p: StepParams) => `${p.number} was called again over ${p.trunk}.`,
    'route.trunk-money': (p: StepParams) => `Today's limit of money for ${p.trunk} was used up.`,
    'route.trunk-down': (p: StepParams) => `${p.trunk} did not answer, so it was tried last.`,
    'route.trunk-target': (p: StepParams) => `At ${p.trunk}, ${p.target} was asked first.`,
    'route.not-ours': (p: StepParams) =>
      `The call came from outside for ${p.number}, which is not a number of this company.`,
    'route.service': (p: StepParams) => `${p.number} is a service: ${p.service}.`,
    'route.group': (p: StepParams) => `${p.number} is the group ${p.name} with ${p.count} members.`,
    ...routingEn,
    'route.forwarded': forwarded,
    'route.rule-passed-over': (p: StepParams) =>
      `The forwarding of ${p.name} to ${p.to} was passed over: it would have led nowhere or in a circle.`,
    'route.do-not-disturb': (p: StepParams) => `${p.name} did not want to be disturbed.`,
    'route.do-not-disturb-exception': (p: StepParams) =>
      `${p.name} did not want to be disturbed, but ${p.number} may always ring.`,
    'route.on-the-phone': (p: StepParams) => `${p.name} was on the phone and takes no second call.`,
    'route.devices-ring': (p: StepParams) => `All phones of ${p.name} were to ring for ${p.seconds} s.`,
    'route.registered': (p: StepParams) =>
      p.count === 0
        ? `No phone of ${p.name} was registered, so none could ring.`
        : p.count === 1
          ? `One phone of ${p.name} was registered.`
          : `${p.count} phones of ${p.name} were registered.`,
    rings: (p: StepParams) => `${p.device ? `“${p.device}”` : 'A phone'} of ${p.who} rang.`,
    forwarded,
    ...featuresEn,
    ...flowEn,
    ...queuesEn,
    answered: (p: StepParams) => `${p.who} answered${p.device ? ` on “${p.device}”` : ''}.`,
    service: (p: StepParams) => `The service answered: ${p.service}.`,
    held: (p: StepParams) => `${p.who} put the call on hold.`,
    retrieved: (p: StepParams) => `${p.who} took the call back from hold.`,
    conferenced: (p: StepParams) => `${p.who} went on in a conference.`,
    transferred: (p: StepParams) => `${p.who} transferred the call to ${p.to}.`,
    interrupted: (p: StepParams) => `The connection to ${p.who} was lost; the call waited.`,
    resumed: (p: StepParams) => `${p.who} was back after ${p.seconds} s.`,
    noticed: (p: StepParams) =>
      p.what === 'no-audio-from'
        ? `Nothing could be heard from ${p.who}.`
        : p.what === 'address-changed'
          ? `${p.who} changed to another network; the call went on.`
          : p.what === 'unrecorded'
            ? 'For a while nothing could be written down; the emergency call went on all the same.'
            : `Something was noticed at ${p.who}: ${p.what}.`,
    'recording-started': (p: StepParams) => `A recording of ${p.who} began.`,
    'recording-ended': (p: StepParams) => `The recording of ${p.who} ended after ${p.seconds} s.`,
    'voicemail-left': (p: StepParams) => `A message of ${p.seconds} s was left for ${p.name}.`,
    'service.conference.joined': (p: StepParams) => `Came into the conference ${p.room}.`,
    'service.conference.waiting': () => 'Waited for a moderator of the conference.',
    'service.conference.opened': () => 'The conference began with its moderator.',
    'service.conference.pinWrong': (p: StepParams) =>
      `The PIN of the conference was wrong; tries left: ${p.triesLeft}.`,
    'service.conference.dismissed': (p: StepParams) => `Was let go by the conference: ${p.reason}.`,
    'service.conference.moderatorChanged': () => 'Became a moderator by the PIN for it.',
    'service.conference.muted': () => 'Was muted in the conference.',
    'service.conference.unmuted': () => 'Was heard again in the conference.',
    'service.conference.handRaised': () => 'Raised a hand.',
    'service.conference.handLowered': () => 'Lowered the hand.',
    'service.voicemail-greeting': (p: StepParams) => `The caller heard the greeting of ${p.name}.`,
    'service.voicemail-off': (p: StepParams) => `The mailbox of ${p.name} takes no messages.`,
    'service.voicemail-full': (p: StepParams) => `The mailbox of ${p.name} is full.`,
    'service.voicemail-assistant': (p: StepParams) => `The caller wanted somebody else and was put through to ${p.to}.`,
    'service.voicemail-listens': (p: StepParams) => `Somebody listened to the mailbox of ${p.name}.`,
    'service.voicemail-wrong-pin': () => 'The mailbox or the PIN was wrong.',
    'service.voicemail-locked': () => 'The mailbox was locked after too many wrong PINs.',
    'service.voicemail-calls-sender': (p: StepParams) => `Whoever listened called the sender, ${p.to}.`,
    'recording-failed': (p: StepParams) => `${p.who} should have been recorded and was not.`,
    'recording-troubled': (p: StepParams) => `The recording of ${p.who} lost sound: the disk took no more.`,
    'recording-paused': (p: StepParams) => `The recording of ${p.who} was paused.`,
    'recording-resumed': (p: StepParams) => `The recording of ${p.who} went on.`,
    'recording-deleted': () => 'A recording was deleted, with its key.',
    'recording-fetched': (p: StepParams) => `${p.name} fetched the recording over FTPS from ${p.address}.`,
    'audio-direct': () => 'The telephones sent their sound directly to each other, within their network.',
    'audio-anchored': () => 'The sound went through the server again.',
    'fax-detected': (p: StepParams) => `A fax machine was heard at ${p.who}: its tones pass unchanged from now on.`,
    'fax-relayed': (p: StepParams) => `${p.who} began to send the fax as data (T.38).`,
    'fax-relay-ended': (p: StepParams) => `${p.who} went back from fax data to sound.`,
    'fax-relay-refused': (p: StepParams) =>
      `${p.who} does not take fax data (SIP ${p.status}); the fax went on as sound.`,
    'left.busy': (p: StepParams) => `${p.device ? `“${p.device}”` : p.who} said busy.`,
    'left.declined': (p: StepParams) => `${p.who} declined the call.`,
    'left.no-answer': (p: StepParams) => `${p.device ? `“${p.device}”` : p.who} stopped ringing: nobody answered.`,
    'left.answered-elsewhere': (p: StepParams) =>
      `${p.device ? `“${p.device}”` : p.who} stopped ringing: answered elsewhere.`,
    'left.unavailable': (p: StepParams) => `${p.device ? `“${p.device}”` : p.who} did not take the call.`,
    'left.unreachable': (p: StepParams) => `${p.device ? `“${p.device}”` : p.who} could not be reached.`,
    'left.diverted': (p: StepParams) => `${p.device ? `“${p.device}”` : p.who} sent the call elsewhere.`,
    'left.other': (p: StepParams) => `${p.who} was no longer asked.`,
    'trouble.sip-alg': (p: StepParams) => `A router near ${p.who} rewrote messages of the call.`,
    'trouble.no-audio-from': (p: StepParams) => `Not one packet of audio came from ${p.who}.`,
    'trouble.no-audio-heard': (p: StepParams) => `None of our audio arrived at ${p.who}.`,
    'trouble.lossy': (p: StepParams) => `Audio was lost on the way between us and ${p.who}.`,
    'trouble.peer-lost': (p: StepParams) => `${p.who} no longer answered our messages.`,
    'trouble.no-ack': (p: StepParams) => `Our answer did not arrive at ${p.who}.`,
    'ended.talked': (p: StepParams) => `${p.who} hung up after ${p.seconds} s.`,
    'ended.cancelled': (p: StepParams) => `${p.caller} gave up before anybody answered.`,
    'ended.other': () => 'The call ended.',
  },
  verdicts: {
    'hung-up': (p: StepParams) => `All went well. ${p.who ?? p.caller} hung up.`,
    'goes-on': () => 'The call goes on.',
    cancelled: (p: StepParams) => `${p.caller} gave up before anybody answered.`,
    busy: (p: StepParams) => `${p.callee} was busy.`,
    declined: (p: StepParams) => `${p.callee} declined the call.`,
    'do-not-disturb': (p: StepParams) => `${p.callee} did not want to be disturbed.`,
    cleared: () => 'The call was ended by command.',
    'service-not-available': () => 'The service that was called is not there yet.',
    'no-device': (p: StepParams) => `No phone of ${p.callee} was registered.`,
    'no-answer': (p: StepParams) => `The phone rang, but ${p.callee} did not answer.`,
    'phone-silent': (p: StepParams) => `The phone of ${p.callee} is registered but did not react.`,
    'trunk-silent': () => 'The line to the outside did not react.',
    'wrong-number': (p: StepParams) => `${p.dialled} is not in use: a wrong number.`,
    barred: (p: StepParams) => `Calls to ${p.dialled} are not allowed.`,
    'no-trunk': (p: StepParams) => `There is no line to the outside for ${p.dialled}.`,
    'trunk-full': () => 'All channels of the line to the outside were in use.',
    'spend-limit': () => "The day's limit of money for calls was used up.",
    'no-common-media': () => 'The two sides have no way of audio in common.',
    'keys-in-the-open': (p: StepParams) =>
      `The phone of ${p.caller} wants encrypted audio, but its connection would show the keys to everyone on the way.`,
    'connection-lost': (p: StepParams) => `The connection to ${p.who} was lost.`,
    'media-timeout': (p: StepParams) => `No audio came from ${p.who} any more.`,
    'session-expired': (p: StepParams) => `${p.who} no longer answered our messages.`,
    'peer-lost': (p: StepParams) => `${p.who} no longer answered our messages.`,
    'no-ack': (p: StepParams) => `Our answer did not arrive at ${p.who}.`,
    restarted: () => 'The platform was restarted in the middle of the call.',
    'shut-down': () => 'The platform was being shut down.',
    'internal-error': () => 'The platform made a mistake.',
    'ledger-full': () => 'The platform could not write the call down, so it did not put it through.',
    'media-failed': () => 'The platform could not carry the audio.',
    'peer-fault': (p: StepParams) => `The other side answered with the fault ${p.status}.`,
    'no-audio-from': (p: StepParams) => `One-way audio: nothing came from ${p.who}.`,
    'no-audio-heard': (p: StepParams) => `One-way audio: ${p.who} heard nothing.`,
    'sip-alg': (p: StepParams) => `A router near ${p.who} rewrites calls.`,
    lossy: (p: StepParams) => `Poor audio: the network near ${p.who} loses packets.`,
    other: () => 'The call ended, and the record does not say more.',
  },
  advice: {
    'alg-off': 'Switch off “SIP ALG” or “SIP helper” in that router, or let the phone use TLS.',
    'open-media': 'Open the media ports (UDP) towards us in the firewall there, and see that the microphone is on.',
    'open-media-to': 'Open UDP from our media ports towards the phone in the firewall there.',
    'check-line': 'Try a cable instead of Wi-Fi, and give voice priority on the line.',
    'keep-way-open': 'A router forgot the way: let the phone use TCP or TLS.',
    'check-trunk': 'Ask the operator of the line; the time and the messages are in the ladder.',
    'register-device': 'Start a phone or open the app and log in; under Settings › Devices it says what is registered.',
    'set-no-answer-rule': 'Under Settings › Calls one can say where calls go that nobody answers.',
    'set-busy-rule': 'Under Settings › Calls one can say where calls go in the meantime.',
    'check-phone': 'See that the phone has power and network, and restart it.',
    'check-number': 'Check the number that was dialled.',
    'ask-administrator': 'Ask your administrator.',
    'add-trunk': 'An administrator can add a line to the outside.',
    'more-channels': 'Try again later; an administrator can order more channels.',
    'check-codecs': 'Allow G.711 or Opus, and encryption where it is wanted, on the phone.',
    'use-tls': 'Set that phone to TLS, or turn its encrypted audio (SRTP) off.',
  },
  fault: {
    nobody: 'Nobody is at fault',
    caller: 'The caller',
    callee: 'The called side',
    'caller-network': "The caller's network",
    'callee-network': "The called side's network",
    'callee-phone': "The called side's phone",
    trunk: 'The line to the outside',
    us: 'This platform',
    unknown: 'Not known',
  },
  certainty: { certain: 'certain', likely: 'likely', guess: 'a guess' },
}
