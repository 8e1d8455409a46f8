import type { Centre, Queue } from '../centre.ts'
import type { Channel } from '../channel.ts'
import { type CentreFinding, type CentreSurroundings, type Finder, finderAt } from './centre-finding.ts'
import { isAble, type Staff } from './staff.ts'

/** Sooner hardly anybody gets to the telephone. */
const shortOfferSeconds = 8

/** What is the matter with one queue, save where it overflows to. @param around `numbered`: queues to which a number leads */
export function checkQueue(
  queue: Queue,
  centre: Centre,
  around: CentreSurroundings,
  { staff, numbered }: { readonly staff: Staff; readonly numbered: ReadonlySet<string> },
): readonly CentreFinding[] {
  const finder = finderAt('queues', queue.id, queue.name)
  const { error, warning } = finder
  const { scheduleId, offerSeconds, channels } = queue
  return [
    ...(channels.length === 0 ? [error('no-channel')] : []),
    ...checkNeeds(queue, centre, finder),
    ...(scheduleId !== undefined && !centre.schedules.some(({ id }) => id === scheduleId)
      ? [error('schedule-unknown')]
      : []),
    ...checkWrapUp(queue, centre, finder),
    ...checkStaff(queue, staff.get(queue.id) ?? [], finder),
    ...(channels.includes('call') && !numbered.has(queue.id) ? [warning('no-number')] : []),
    ...(channels.includes('call') && offerSeconds < shortOfferSeconds
      ? [warning('offer-short', { seconds: offerSeconds })]
      : []),
    ...checkVoice(queue, around, finder),
    ...checkMail(queue, centre, finder),
  ]
}

function checkNeeds({ needs }: Queue, { skills }: Centre, { error }: Finder): readonly CentreFinding[] {
  return needs.flatMap((need, i) => {
    const skill = skills.find(({ id }) => id === need.skillId)
    if (!skill) return [error('skill-unknown')]
    const steps = [{ afterSeconds: 0, level: need.level }, ...(need.relax ?? [])]
    const isFalling = steps.every(
      (step, at) => at === 0 || (step.afterSeconds > steps[at - 1]!.afterSeconds && step.level < steps[at - 1]!.level),
    )
    return [
      ...(needs.findIndex(({ skillId }) => skillId === need.skillId) < i
        ? [error('skill-twice', { skill: skill.name })]
        : []),
      ...(isFalling ? [] : [error('relax-order', { skill: skill.name })]),
    ]
  })
}

function checkWrapUp({ wrapUp }: Queue, { wrapUpCodes }: Centre, { error }: Finder): readonly CentreFinding[] {
  const known = new Set(wrapUpCodes.map(({ id }) => id))
  const chosen = wrapUp.codeIds ?? [...known]
  return [
    ...(chosen.some((id) => !known.has(id)) ? [error('code-unknown')] : []),
    ...(wrapUp.needsCode && chosen.length === 0 ? [error('codes-missing')] : []),
    ...(wrapUp.needsCode && wrapUp.seconds === 0 ? [error('code-without-time')] : []),
  ]
}

function checkStaff(queue: Queue, agents: Staff extends ReadonlyMap<string, infer A> ? A : never, finder: Finder) {
  const { error, warning } = finder
  if (agents.length === 0) return [warning('no-agents')]
  const able = agents.filter((agent) => isAble(agent, queue))
  if (able.length === 0) return [error('nobody-able', { agents: agents.length })]
  return queue.channels
    .filter((channel) => !able.some(({ capacity }) => hasRoom(channel, capacity)))
    .map((channel) => warning('nobody-has-room', { channel }))
}

const hasRoom = (channel: Channel, capacity: { readonly [kind in 'mail' | 'chat' | 'voicemail' | 'sms']: number }) =>
  channel === 'call' || channel === 'callBack' || capacity[channel] > 0

function checkVoice(queue: Queue, around: CentreSurroundings, { error, warning }: Finder): readonly CentreFinding[] {
  const { voice, channels, mailboxNumber } = queue
  const sounds = [voice.greetingSoundId, voice.musicSoundId, voice.commentSoundId]
  const taken = [
    ...(voice.callBackAfterSeconds === undefined ? [] : ['1']),
    ...(voice.messageAfterSeconds === undefined ? [] : ['2']),
  ]
  return [
    ...sounds.flatMap((id) => (id === undefined || around.soundName(id) !== undefined ? [] : [error('sound-unknown')])),
    ...taken.filter((key) => voice.keys?.[key] !== undefined).map((key) => error('key-taken', { key })),
    ...(voice.messageAfterSeconds !== undefined && mailboxNumber === undefined
      ? [error('message-without-mailbox')]
      : []),
    ...(mailboxNumber !== undefined && !around.hasMessageBox(mailboxNumber)
      ? [error('mailbox-unknown', { number: mailboxNumber })]
      : []),
    ...(voice.callBackAfterSeconds !== undefined && !channels.includes('callBack')
      ? [warning('call-backs-not-taken')]
      : []),
  ]
}

function checkMail(queue: Queue, { mailboxes }: Centre, { error, warning }: Finder): readonly CentreFinding[] {
  const { id, channels, mailboxId } = queue
  if (mailboxId !== undefined)
    return mailboxes.some((mailbox) => mailbox.id === mailboxId) ? [] : [error('mail-account-unknown')]
  const brings = mailboxes.some(({ queueId }) => queueId === id)
  return channels.includes('mail') && !brings ? [warning('mail-without-account')] : []
}
