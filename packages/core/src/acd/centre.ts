import type { Brand, CompanyId, UserId } from '@vaxel/base'
import type { HolidayKind, OwnDay } from '../flow/flow.ts'
import type { WeeklyPeriod } from '../flow/schedule.ts'
import type { Language } from '../ports/directory.ts'
import type { MailboxSetup } from '../ports/mail-channel.ts'
import type { Channel } from './channel.ts'

export type QueueId = Brand<'QueueId'>
export type SkillId = Brand<'SkillId'>
export type ChatSiteId = Brand<'ChatSiteId'>

/** The most that a centre may hold; a configuration that is larger is refused. */
export const mostQueues = 500
export const mostAgents = 10_000
export const mostSkills = 500
export const mostMailboxes = 100
export const mostWebsites = 100

/**
 * The contact centre of a company as it is published: whole, read by every decision. What is not here is as delivered
 * (`defaultCentre`). Nobody is dropped when a new one is published: who waits or talks goes on under the new rules.
 */
export interface Centre {
  readonly skills: readonly Skill[]
  readonly queues: readonly Queue[]
  readonly agents: readonly Agent[]
  readonly schedules: readonly Schedule[]
  /** Why an agent takes no work; agents choose one of them. */
  readonly reasons: readonly NotReadyReason[]
  readonly wrapUpCodes: readonly WrapUpCode[]
  readonly templates: readonly Template[]
  readonly alarms: readonly Alarm[]
  /** Read as long as they stand here; their secrets are kept elsewhere, sealed. */
  readonly mailboxes: readonly CentreMailbox[]
  /** That show a chat. */
  readonly websites: readonly CentreWebsite[]
  /** Opened with a call in a tab of the agent's browser; none if absent. */
  readonly screenPop?: ScreenPop
}

export interface Skill {
  readonly id: SkillId
  readonly name: string
}

/** What an agent must be able to do. */
export interface SkillNeed {
  readonly skillId: SkillId
  /** 1 to 10. */
  readonly level: number
  /** What is enough once an item has waited so long; level 0: the skill is not asked for any more. By time, falling. */
  readonly relax?: readonly { readonly afterSeconds: number; readonly level: number }[]
}

/**
 * Which of the agents who can take an item is asked. All pass over those who are asked or busy; equals are decided by who is idle longest.
 * `leastOccupied`: share of time at work in the last hour. `bestSkilled`: sum of levels in the skills that are needed.
 */
export type Selection = 'longestIdle' | 'leastOccupied' | 'bestSkilled' | 'inOrder'

/** Where an item goes that is not to wait here. */
export type OverflowTarget =
  | { readonly kind: 'queue'; readonly queueId: QueueId }
  /** Any number of the company, or one outside on the company's account. Calls only. */
  | { readonly kind: 'number'; readonly number: string }
  /** The queue's mailbox; calls only. */
  | { readonly kind: 'message' }
  /** A sentence, then the end. */
  | { readonly kind: 'goodbye' }

export interface Queue {
  readonly id: QueueId
  readonly name: string
  readonly channels: readonly Channel[]
  readonly selection: Selection
  readonly needs: readonly SkillNeed[]
  /** 0 to 9, of items that bring none of their own; 9 is first. */
  readonly priority: number
  /** An item rises by one for so long that it waits; never if absent. */
  readonly agesEverySeconds?: number
  /** The agent with whom the customer talked last is waited for so long, before others are asked. */
  readonly stickySeconds?: number
  /** How long an agent is asked. */
  readonly offerSeconds: number
  /** An agent who missed an offer takes no further work until they say so. As delivered: yes. */
  readonly missedMakesNotReady: boolean
  readonly wrapUp: WrapUpRule
  readonly serviceLevel: { readonly seconds: number; readonly percent: number }
  /** Who leaves sooner did not really wait: counted, and shown apart. */
  readonly shortAbandonSeconds: number
  /** Always open if absent. */
  readonly scheduleId?: string
  /** More than so many do not wait. */
  readonly mostWaiting?: number
  readonly overflow: {
    readonly closed: OverflowTarget
    readonly full: OverflowTarget
    /** Nobody who could ever take it is logged in; waits if absent. */
    readonly noAgents?: OverflowTarget
    /** After so long, or when the honest estimate says at the beginning that it will be longer. Absent: waits on. */
    readonly tooLong?: {
      readonly afterSeconds?: number
      readonly estimateSeconds?: number
      readonly to: OverflowTarget
    }
  }
  readonly voice: QueueVoice
  /** `onDemand`: an agent may begin. Absent: what company and person have. */
  readonly recording?: 'always' | 'onDemand' | 'never'
  /** Shared mailbox that takes messages (VOICE-1); it has the queue's number. */
  readonly mailboxNumber?: string
  /** What answers are sent from, where the queue is for mails. */
  readonly mailboxId?: string
}

export interface WrapUpRule {
  /** 0: none. The agent may be ready sooner. */
  readonly seconds: number
  /** Work without a code is not finished; the time runs on, and the supervisor sees it. */
  readonly needsCode: boolean
  /** Of which one is chosen; all if absent. */
  readonly codeIds?: readonly string[]
}

/** What callers hear while they wait. Sounds are those of rules (`flow_sounds`), or sentences of the platform. */
export interface QueueVoice {
  readonly language?: Language
  /** Said once at the beginning; a sentence of the platform if absent. */
  readonly greetingSoundId?: string
  readonly musicSoundId?: string
  /** A sound between the music; every `everySeconds`. */
  readonly commentSoundId?: string
  readonly saysPosition: boolean
  readonly saysWait: boolean
  /** 15 to 600. */
  readonly everySeconds: number
  /** By `1`, once somebody has waited so long; absent: not on offer. */
  readonly callBackAfterSeconds?: number
  /** By `2`; absent: not on offer. */
  readonly messageAfterSeconds?: number
  /** By other keys: another queue, a number. */
  readonly keys?: Readonly<Record<string, OverflowTarget>>
}

/** How an agent is reached by voice. */
export type AgentLine =
  /** The person's own devices: browser, phones. */
  | { readonly kind: 'devices' }
  /** A number anywhere. `kept`: called at login, and stays connected between calls. Each answer is confirmed by key. */
  | { readonly kind: 'number'; readonly number: string; readonly isKept: boolean }

/** A person who takes work. */
export interface Agent {
  readonly userId: UserId
  readonly skills: readonly { readonly skillId: SkillId; readonly level: number }[]
  /** In which queues, and in which place where the queue asks in order. */
  readonly queues: readonly { readonly queueId: QueueId; readonly place?: number }[]
  readonly capacity: Capacity
  readonly line: AgentLine
  /** Working hours, shown to the agent and held against what was worked. */
  readonly scheduleId?: string
}

/** How many of each at once. Speaking (a call or a call-back) is one at a time. */
export interface Capacity {
  readonly mail: number
  readonly chat: number
  readonly voicemail: number
  readonly sms: number
  /** Speaks while mails or chats are open. */
  readonly speaksBeside: boolean
}

export const defaultCapacity: Capacity = { mail: 3, chat: 3, voicemail: 1, sms: 3, speaksBeside: true }

/** Opening hours of queues, working hours of agents; in the company's time zone. */
export interface Schedule {
  readonly id: string
  readonly name: string
  readonly open: readonly WeeklyPeriod[]
  /** ISO 3166-1; no holidays if absent. */
  readonly country?: string
  readonly region?: string
  readonly holidayKinds?: readonly HolidayKind[]
  readonly ownDays: readonly OwnDay[]
}

export interface NotReadyReason {
  readonly id: string
  readonly name: string
  /** The supervisor is told when it lasts longer. */
  readonly mostMinutes?: number
  /** Counted as work (a meeting, training), not as a break. */
  readonly isWork: boolean
}

export interface WrapUpCode {
  readonly id: string
  readonly name: string
}

/** Text with fields in braces (`{customer}`, `{agent}`, `{company}`, `{subject}`); for answers, or to read from. */
export interface Template {
  readonly id: string
  readonly name: string
  readonly kind: 'mail' | 'chat' | 'knowledge'
  readonly language?: Language
  /** Of mails. */
  readonly subject?: string
  readonly text: string
  /** Of all if absent. */
  readonly queueIds?: readonly QueueId[]
}

/** What is watched; a company's supervisors are told once when it begins and once when it is over. */
export interface Alarm {
  readonly id: string
  readonly name: string
  /** All together if absent. */
  readonly queueId?: QueueId
  readonly figure:
    | 'waiting'
    | 'longestWaitSeconds'
    | 'serviceLevelToday'
    | 'agentsReady'
    | 'agentsLoggedIn'
    | 'missedOffers'
  readonly is: 'over' | 'under'
  readonly value: number
  /** It must have been so long. */
  readonly forSeconds: number
  readonly byMail: readonly string[]
  readonly byPush: boolean
}

/** A mailbox of the contact centre's document: what is published of it, {@link MailboxSetup}. */
export type CentreMailbox = MailboxSetup

/** A website that shows a chat. */
export interface CentreWebsite {
  readonly id: ChatSiteId
  readonly name: string
  readonly queueId: QueueId
  /** Of pages that may show it. */
  readonly origins: readonly string[]
  readonly asks: 'nothing' | 'name' | 'nameAndAddress'
  /** Empty: a sentence of the platform. */
  readonly consent: string
  readonly privacyUrl?: string
  readonly greeting: string
  readonly offersVoice: boolean
  /** Where messages go that are left while nobody is there. */
  readonly offlineMail?: string
  readonly keepDays: number
}

/** `{number}`, `{name}`, `{queue}`, `{callId}`, `{itemId}` are put in, encoded. */
export interface ScreenPop {
  readonly url: string
  /** `alerting`: while it rings; needs a tab that the agent opened once. */
  readonly at: 'alerting' | 'answered'
}

/** A publication of a centre; never changed. */
export interface PublishedCentre {
  readonly companyId: CompanyId
  readonly version: number
  readonly publishedAtMs: number
  readonly by?: UserId
  readonly note?: string
  readonly centre: Centre
}

export const emptyCentre: Centre = {
  skills: [],
  queues: [],
  agents: [],
  schedules: [],
  reasons: [],
  wrapUpCodes: [],
  templates: [],
  alarms: [],
  mailboxes: [],
  websites: [],
}
