import {
  beginMessages,
  type MenuEffect,
  type MenuStep,
  type Party,
  pressed,
  type Spoken,
  type VoiceMessage,
} from '@vaxel/core'
import { recordSound } from './record-sound.ts'
import type { Visit } from './visit.ts'
import { prompt, sayCounts, sayDetails } from './say.ts'
import { changePin, greetingsMenu } from './settings-by-phone.ts'

/** Who presses nothing so often in a row has left the telephone. */
const mostSilences = 3
const mostListed = 200
const mostCommentMs = 60_000

/** The main menu of a mailbox at the telephone, until somebody leaves it. */
export async function listen(visit: Visit): Promise<void> {
  const { parts, line, box } = visit
  let say: Spoken[] = sayCounts(parts.boxes.counts(box))
  for (let silences = 0; silences < mostSilences; ) {
    const { keys } = await line.readKeys({ say: [...say, ...prompt('voicemail-main-menu')], most: 1 })
    say = []
    silences = keys === '' ? silences + 1 : 0
    if (keys === '*') break
    if (keys === '1') await hear(visit, 'new')
    else if (keys === '2') await hear(visit, 'saved')
    else if (keys === '3') await greetingsMenu(visit)
    else if (keys === '4') await changePin(visit)
    if (keys !== '') say = keys === '1' || keys === '2' ? sayCounts(parts.boxes.counts(box)) : []
  }
  await line.say(prompt('voicemail-goodbye'))
}

/** Goes through the new or the saved messages, oldest first. */
async function hear(visit: Visit, state: 'new' | 'saved'): Promise<void> {
  const { parts, line, box } = visit
  const listed = (await parts.messages.list(box, { states: [state], limit: mostListed })).toReversed()
  if (listed.length === 0) return await line.say(prompt('voicemail-no-more'))
  const messages = new Map(listed.map((message) => [message.id, message]))
  const heard = listed.map(({ id, durationMs }) => ({ id, durationMs, isNew: state === 'new', isDeleted: false }))
  let step: MenuStep = beginMessages(heard)
  while (step.menu.name !== 'done') {
    const key: { pressed?: string; positionMs: number } = { positionMs: 0 }
    for (const effect of step.effects) {
      const played = await perform(visit, effect, messages)
      if (played) Object.assign(key, played)
    }
    if (step.menu.name === 'asking') {
      const { keys } = await line.readKeys({ say: prompt('voicemail-message-menu'), most: 1, firstMs: 6000 })
      if (keys !== '') key.pressed = keys
    }
    step = pressed(step.menu, key.pressed, key.positionMs)
  }
  for (const effect of step.effects) await perform(visit, effect, messages)
}

type Played = { readonly pressed?: string; readonly positionMs: number }

async function perform(
  visit: Visit,
  effect: MenuEffect,
  known: Map<VoiceMessage['id'], VoiceMessage>,
): Promise<Played | undefined> {
  const { parts, line, box, by } = visit
  if (effect.do === 'say') {
    await line.say(prompt(effect.prompt))
    return undefined
  }
  const message = (await parts.messages.find(box, effect.id)) ?? known.get(effect.id)
  if (!message) return undefined
  switch (effect.do) {
    case 'play':
      return await play(visit, message, effect.fromMs, effect.isBegun)
    case 'sayDetails':
      await line.say(sayDetails(parts, message))
      return undefined
    case 'markHeard':
      await parts.messages.setHeard(message, box, true, by)
      return undefined
    case 'delete':
      await parts.messages.delete(message, box, by)
      return undefined
    case 'restore':
      await parts.messages.restore(message, box, by)
      return undefined
    case 'callSender':
      return await callSender(visit, message)
    case 'forward':
      return await forward(visit, message)
  }
}

/** A key ends it; where it was then, the clock says. */
async function play(
  { parts, line, box }: Visit,
  message: VoiceMessage,
  fromMs: number,
  isBegun: boolean,
): Promise<Played> {
  if (!isBegun) {
    if (parts.boxes.settings(box).saysDetails) await line.say(sayDetails(parts, message))
    const { spokenComment } = message
    if (spokenComment)
      await line.say([...prompt('voicemail-comment'), { kind: 'sound', source: parts.files.source(spokenComment) }])
  }
  const startedMs = parts.clock.monotonicMs()
  const source = { ...parts.files.source(message), fromMs }
  const { keys } = await line.readKeys({ say: [{ kind: 'sound', source }], most: 1, firstMs: 500 })
  const positionMs = Math.min(message.durationMs, fromMs + parts.clock.monotonicMs() - startedMs)
  return keys === '' ? { positionMs } : { pressed: keys, positionMs }
}

/**
 * Only for people at a device of their own: a stranger with a guessed PIN would call the world on the company's account
 * (docs/decisions/0111).
 */
async function callSender({ line }: Visit, { from }: VoiceMessage): Promise<undefined> {
  if (!line.user || !/^\+?[0-9]+$/.test(from.number)) {
    await line.say(prompt('voicemail-cannot-call'))
    return undefined
  }
  line.note('voicemail-calls-sender', `calls the sender, ${from.number}`, { to: from.number })
  await line.sendOn(from.number)
  await line.say(prompt('voicemail-nobody-there'))
  return undefined
}

async function forward(visit: Visit, message: VoiceMessage): Promise<undefined> {
  const { parts, line, box } = visit
  const { boxes, messages } = parts
  const { keys } = await line.readKeys({ say: prompt('voicemail-forward-to'), most: 20, endOn: '#' })
  if (keys === '' || keys.includes('*')) return undefined
  const to = boxes.ofNumber(box.companyId, keys)
  if (!to || to.id === box.id || boxes.room(to).kind === 'full') {
    await line.say(prompt('voicemail-no-box-there'))
    return undefined
  }
  const wish = await line.readKeys({ say: prompt('voicemail-comment-or-not'), most: 1, endOn: '#' })
  if (wish.keys === '*') return undefined
  const spokenComment = wish.keys === '1' ? await recordSound(visit, mostCommentMs, 'voicemail-after-tone') : undefined
  const by: Party = {
    number: boxes.numberOf(box),
    name: boxes.nameOf(box),
    ...(box.userId ? { userId: box.userId } : {}),
  }
  await messages.forward(message, to, by, spokenComment ? { spokenComment } : {})
  await line.say(prompt('voicemail-forwarded'))
  return undefined
}
