import type { HolidayKind } from '../flow/flow.ts'
import type {
  Agent,
  Alarm,
  Centre,
  CentreMailbox,
  NotReadyReason,
  OverflowTarget,
  Queue,
  Schedule,
  ScreenPop,
  SkillNeed,
  Template,
  CentreWebsite,
} from './centre.ts'
import type { CentreSection, CentreThing } from './centre-things.ts'
import { describeMailbox, describeWebsite } from './describe-channel.ts'
import { type CentreNames, Facts, type ThingFacts } from './thing-facts.ts'
import type { CentreWords } from './words/centre-words.ts'

/** What a thing of a centre is, in words; two that say the same are the same. */
export function describeThing(
  section: CentreSection,
  thing: CentreThing,
  names: CentreNames,
  words: CentreWords,
): ThingFacts {
  const facts = new Facts(words)
  if ('name' in thing) facts.add('name', thing.name)
  switch (section) {
    case 'queues':
      describeQueue(thing as Queue, facts, names)
      break
    case 'agents':
      describeAgent(thing as Agent, facts, names)
      break
    case 'schedules':
      describeSchedule(thing as Schedule, facts)
      break
    case 'reasons':
      describeReason(thing as NotReadyReason, facts)
      break
    case 'templates':
      describeTemplate(thing as Template, facts, names)
      break
    case 'alarms':
      describeAlarm(thing as Alarm, facts, names)
      break
    case 'mailboxes':
      describeMailbox(thing as CentreMailbox, facts, names)
      break
    case 'websites':
      describeWebsite(thing as CentreWebsite, facts, names)
      break
    case 'skills':
    case 'wrapUpCodes':
      break
  }
  return facts.told
}

export function describeScreenPop(pop: ScreenPop, words: CentreWords): ThingFacts {
  const facts = new Facts(words)
  facts.add('address', pop.url)
  facts.add('moment', words.moments[pop.at])
  return facts.told
}

function describeQueue(queue: Queue, facts: Facts, names: CentreNames): void {
  const { words } = facts
  const { wrapUp, serviceLevel, scheduleId, voice } = queue
  facts.add('channels', queue.channels.map((channel) => words.channels[channel]).join(', '))
  facts.add('selection', words.selections[queue.selection])
  for (const need of queue.needs) facts.add('need', sayNeed(need, words), names.of('skills', need.skillId))
  facts.add('priority', queue.priority)
  facts.seconds('ageing', queue.agesEverySeconds)
  facts.seconds('sticky', queue.stickySeconds)
  facts.seconds('offer', queue.offerSeconds)
  facts.add('missed', queue.missedMakesNotReady)
  facts.seconds('wrapUp', wrapUp.seconds)
  facts.add('needsCode', wrapUp.needsCode)
  facts.add('codes', wrapUp.codeIds?.map((id) => names.of('wrapUpCodes', id)).join(', ') ?? words.allCodes)
  facts.add('serviceLevel', words.inLevel(serviceLevel))
  facts.seconds('shortAbandon', queue.shortAbandonSeconds)
  facts.add('hours', scheduleId === undefined ? undefined : names.of('schedules', scheduleId))
  facts.add('mostWaiting', queue.mostWaiting)
  describeOverflow(queue, facts, names)
  facts.add('language', voice.language && words.languages[voice.language])
  facts.add('greeting', voice.greetingSoundId && names.sound(voice.greetingSoundId))
  facts.add('music', voice.musicSoundId && names.sound(voice.musicSoundId))
  facts.add('comment', voice.commentSoundId && names.sound(voice.commentSoundId))
  facts.add('position', voice.saysPosition)
  facts.add('wait', voice.saysWait)
  facts.seconds('every', voice.everySeconds)
  facts.seconds('callBack', voice.callBackAfterSeconds)
  facts.seconds('message', voice.messageAfterSeconds)
  for (const [key, target] of Object.entries(voice.keys ?? {})) facts.add('key', sayTarget(target, words, names), key)
  facts.add('recording', queue.recording && words.recordings[queue.recording])
  facts.add('mailbox', queue.mailboxNumber)
  facts.add('mailAccount', queue.mailboxId === undefined ? undefined : names.of('mailboxes', queue.mailboxId))
}

function describeOverflow({ overflow }: Queue, facts: Facts, names: CentreNames): void {
  const { words } = facts
  const { tooLong } = overflow
  for (const when of ['closed', 'full', 'noAgents'] as const) {
    const target = overflow[when]
    facts.add(when, target && sayTarget(target, words, names))
  }
  if (!tooLong) return
  const when = [
    ...(tooLong.afterSeconds === undefined ? [] : [words.tooLongAfter({ seconds: tooLong.afterSeconds })]),
    ...(tooLong.estimateSeconds === undefined ? [] : [words.tooLongEstimate({ seconds: tooLong.estimateSeconds })]),
  ]
  facts.add('tooLong', `${sayTarget(tooLong.to, words, names)} (${when.join('; ')})`)
}

function sayNeed({ level, relax = [] }: SkillNeed, words: CentreWords): string {
  const steps = relax.map((step) => words.relaxes({ seconds: step.afterSeconds, level: step.level }))
  return [words.needs({ level }), ...steps].join(', ')
}

function sayTarget(target: OverflowTarget, words: CentreWords, names: CentreNames): string {
  switch (target.kind) {
    case 'queue':
      return words.toQueue({ of: names.of('queues', target.queueId) })
    case 'number':
      return words.toNumber({ number: target.number })
    case 'message':
      return words.toMessage
    case 'goodbye':
      return words.goodbye
  }
}

function describeAgent(agent: Agent, facts: Facts, names: CentreNames): void {
  const { words } = facts
  const { line, capacity, scheduleId } = agent
  for (const { queueId, place } of agent.queues)
    facts.add('queue', place === undefined ? words.isIn : words.inPlace({ place }), names.of('queues', queueId))
  for (const { skillId, level } of agent.skills) facts.add('skill', level, names.of('skills', skillId))
  const { mail, chat, voicemail, sms } = capacity
  facts.add('capacity', words.room({ mail, chat, voicemail, sms }))
  facts.add('speaksBeside', capacity.speaksBeside)
  if (line.kind === 'devices') facts.add('line', words.ownDevices)
  else facts.add('line', words[line.isKept ? 'keptLine' : 'calledLine']({ number: line.number }))
  facts.add('hours', scheduleId === undefined ? undefined : names.of('schedules', scheduleId))
}

function describeSchedule({ open, country, region, holidayKinds = [], ownDays }: Schedule, facts: Facts): void {
  const { words } = facts
  const days = (numbers: readonly number[]) => numbers.map((day) => words.weekdays[day - 1] ?? day).join(' ')
  facts.add('open', open.map((period) => `${days(period.days)} ${period.from}–${period.to}`).join('; '))
  if (country !== undefined) {
    const kinds = holidayKinds.map((kind: HolidayKind) => words.holidays[kind]).join(', ')
    facts.add('holidays', `${region === undefined ? country : `${country}-${region}`}: ${kinds}`)
  }
  for (const { day, until, name } of ownDays) facts.add('ownDay', name, until === undefined ? day : `${day}–${until}`)
}

function describeReason({ mostMinutes, isWork }: NotReadyReason, facts: Facts): void {
  facts.add('mostMinutes', mostMinutes === undefined ? undefined : facts.words.minutes({ n: mostMinutes }))
  facts.add('isWork', isWork)
}

function describeTemplate(template: Template, facts: Facts, names: CentreNames): void {
  const { words } = facts
  facts.add('kind', words.templates[template.kind])
  facts.add('language', template.language && words.languages[template.language])
  facts.add('subject', template.subject)
  facts.add('text', template.text)
  facts.add('queues', template.queueIds?.map((id) => names.of('queues', id)).join(', '))
}

function describeAlarm(alarm: Alarm, facts: Facts, names: CentreNames): void {
  const { words } = facts
  facts.add('queues', alarm.queueId === undefined ? undefined : names.of('queues', alarm.queueId))
  facts.add('figure', words.figures[alarm.figure])
  facts.add('limit', words[alarm.is]({ value: alarm.value }))
  facts.seconds('lasting', alarm.forSeconds)
  facts.add('tells', [...alarm.byMail, ...(alarm.byPush ? [words.push] : [])].join(', '))
}

/** Names as the centres have them, the later one first. */
export function namesIn(
  centres: readonly Centre[],
  around: { userName(userId: string): string | undefined; soundName(soundId: string): string | undefined },
): CentreNames {
  const known = new Map<string, string>()
  for (const centre of centres.toReversed())
    for (const section of ['queues', 'skills', 'schedules', 'wrapUpCodes', 'mailboxes'] as const)
      for (const { id, name } of centre[section]) known.set(`${section} ${id}`, name)
  return {
    of: (section, id) => known.get(`${section} ${id}`) ?? id,
    user: (id) => around.userName(id) ?? id,
    sound: (id) => around.soundName(id) ?? id,
  }
}
