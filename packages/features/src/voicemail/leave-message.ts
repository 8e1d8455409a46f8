import {
  chooseGreeting,
  type Diversion,
  LineGone,
  type Mailbox,
  type ServiceLine,
  type VoiceMessage,
} from '@vaxel/core'
import type { VoicemailParts } from './parts.ts'
import { isHolidayAt, prompt } from './say.ts'

/** Whoever says nothing for so long has nothing more to say. */
export const silenceMs = 6000
const mostTries = 3

/** What a caller wants instead of leaving a message: to listen to this mailbox (`*` during the greeting). */
export type AfterGreeting = 'left' | 'wants-in'

/**
 * A caller leaves a message: greeting, tone, words. `#` skips the greeting, `0` leads to the assistant, `*` to the PIN. Whoever hangs up
 * has left what was said until then.
 */
export async function leaveMessage(
  parts: VoicemailParts,
  line: ServiceLine,
  box: Mailbox,
  by?: Diversion,
): Promise<AfterGreeting> {
  const { boxes, clock, files, messages } = parts
  const settings = boxes.settings(box)
  const name = boxes.nameOf(box)
  if (!settings.isOn) {
    line.note('voicemail-off', `the mailbox of ${name} takes no messages`, { name })
    await line.say(prompt('voicemail-no-messages-taken'))
    return 'left'
  }
  const greeting = chooseGreeting(
    {
      settings,
      greetings: box.greetings,
      ...(by ? { reason: by.reason } : {}),
      nowMs: clock.now(),
      isHoliday: isHolidayAt(parts, box),
      number: boxes.numberOf(box),
    },
    (sound) => files.source(sound),
  )
  line.note('voicemail-greeting', `the caller hears the greeting of ${name}`, { name, greeting: greeting.kind })
  const hint = settings.assistant !== undefined && !greeting.isOwn ? prompt('voicemail-press-zero') : []
  const { keys } = await line.readKeys({ say: [...greeting.spoken, ...hint], most: 1, firstMs: 100 })
  if (keys === '0' && settings.assistant !== undefined) await toAssistant(parts, line, box, settings.assistant)
  if (keys === '*') return 'wants-in'
  await recordAndDeliver(parts, line, box, messages)
  return 'left'
}

/** In the rights of the mailbox's person, so that an assistant outside is on their account; comes back when nobody answers. */
async function toAssistant({ directory }: VoicemailParts, line: ServiceLine, box: Mailbox, to: string): Promise<void> {
  const user = box.userId && directory.user(box.userId)
  line.note('voicemail-assistant', `the caller wants the assistant, ${to}`, { to })
  await line.sendOn(to, { as: user ? { kind: 'user', user } : { kind: 'company' }, ringMs: 30_000 })
  await line.say(prompt('voicemail-nobody-there', 'voicemail-after-tone'))
}

async function recordAndDeliver(
  parts: VoicemailParts,
  line: ServiceLine,
  box: Mailbox,
  messages: VoicemailParts['messages'],
): Promise<void> {
  const name = parts.boxes.nameOf(box)
  for (let tries = 0; tries < mostTries; tries++) {
    const room = parts.boxes.room(box)
    if (room.kind === 'full') {
      line.note('voicemail-full', `the mailbox of ${name} is full`, { name })
      return await line.say(prompt('voicemail-full'))
    }
    await line.say([{ kind: 'beep' }], { isUninterruptible: true })
    const { path, seal, ...sound } = await parts.files.begin(box.companyId)
    const begun = await messages.begin(box, sound, line.caller, line.callId)
    const recorded = await line.record({
      path,
      ...(seal ? { seal } : {}),
      mostMs: room.mostMs,
      silenceMs,
      endOn: '#*0123456789',
    })
    if (recorded.end === 'key') {
      const wish = await review(parts, line, box, begun)
      if (wish === 'again') continue
      if (wish === 'gone') return
    }
    const kept = await messages.deliver(begun, box)
    if (recorded.end === 'gone') return
    if (recorded.end === 'failed')
      return await line.say(prompt(kept === 'kept' ? 'voicemail-cut-short' : 'voicemail-not-kept'))
    if (kept === 'kept') return await line.say(prompt('voicemail-sent'))
    if (kept === 'nothing-heard') return await line.say(prompt('voicemail-nothing-heard'))
    await line.say(prompt('voicemail-too-short'))
  }
}

/** Hear it, say it anew, or send it; who hangs up has sent it. */
async function review(
  { files, messages }: VoicemailParts,
  line: ServiceLine,
  box: Mailbox,
  begun: VoiceMessage,
): Promise<'send' | 'again' | 'gone'> {
  try {
    for (let asked = 0; asked < 10; asked++) {
      const { keys } = await line.readKeys({ say: prompt('voicemail-review'), most: 1 })
      if (keys === '2') await line.say([{ kind: 'sound', source: files.source(begun) }])
      else if (keys === '3') {
        await messages.discard(begun)
        return 'again'
      } else if (keys === '1' || keys === '') return 'send'
    }
    return 'send'
  } catch (error) {
    if (!(error instanceof LineGone)) throw error
    await messages.deliver(begun, box)
    return 'gone'
  }
}
