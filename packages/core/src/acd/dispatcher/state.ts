import type { UserId } from '@vaxel/base'
import type { AgentState } from '../agent-state.ts'
import type { Agent, AgentLine, Centre, Queue, QueueId, Schedule, SkillId, SkillNeed } from '../centre.ts'
import type { Channel } from '../channel.ts'
import type { Offer } from '../offer.ts'
import type { OfferId, WorkItem, WorkItemId, WorkItemState } from '../work-item.ts'
import type { ServicePace } from './pace.ts'
import type { TimeHeap } from './time-heap.ts'

/** What an agent has room for: their voice, or one more of a kind. */
export type Room = 'spoken' | 'mail' | 'chat' | 'voicemail' | 'sms'

/** One bit each, so that an agent's room is one number. */
export const roomBit: Readonly<Record<Room, number>> = { spoken: 1, mail: 2, chat: 4, voicemail: 8, sms: 16 }

export const rooms: readonly Room[] = ['spoken', 'mail', 'chat', 'voicemail', 'sms']

export const roomOf = (channel: Channel): Room => (channel === 'call' || channel === 'callBack' ? 'spoken' : channel)

/** Somebody is there at this moment, and hears or reads what becomes of them: queues that are closed or full send them elsewhere. */
export const isLive = (channel: Channel): boolean => channel === 'call' || channel === 'chat'

/** An item, with what the dispatcher knows of it. */
export interface ItemRecord {
  item: WorkItem
  /** Decides between items of one moment. */
  readonly order: number
  state: WorkItemState
  /** Among those who wait in its queue: nobody has accepted it. */
  isCounted: boolean
  /** Into this queue. */
  enteredMs: number
  /** Of queue and item together. */
  needs: readonly SkillNeed[]
  /** Where it waits; undefined while it does not. */
  group: Group | undefined
  /** A claim was lost: not asked for before then. */
  heldUntilMs: number
  lostClaims: number
  /** Others are not asked before then. */
  stickyUntilMs: number
  /** Who is not asked for it before then. */
  skipped: Map<UserId, number> | undefined
  /** Queues that it has overflowed from. */
  visited: readonly QueueId[]
  /** When something changes for it by time alone; Infinity: never. */
  timerMs: number
  /** Its claim or offer, while nobody has accepted. */
  pending: Pending | undefined
  /** Who has it. */
  agent: AgentRecord | undefined
  /** Rows in the database that hold it for its agent. */
  claimId: OfferId | undefined
  slot: string | undefined
  /** Since when the agent works on it, or notes it. */
  sinceMs: number
  /** When its agent took it; while it is noted, too. */
  acceptedMs: number
  /** Worked on before it was put aside. */
  workedMs: number
  /** When noting is over by itself; Infinity: not before it is said. */
  wrapUntilMs: number
}

/** A claim that has not been answered, or an offer to which the agent has not. */
export interface Pending {
  readonly id: OfferId
  offer: Offer
  readonly slot: string
  readonly record: ItemRecord
  readonly agent: AgentRecord
  /** `offered`: the claim was won. */
  state: 'claiming' | 'offered'
  /** Why nobody is to be asked once the claim is answered. */
  dead: 'gone' | 'loggedOff' | 'moved' | 'busy' | undefined
  /** Since when the agent is asked. */
  askedMs: number
  /** The agent chose it from the list. */
  readonly isTaken: boolean
}

export interface AgentRecord {
  readonly id: UserId
  /** Decides between agents who are idle for equally long. */
  order: number
  settings: Agent
  skills: Map<SkillId, number>
  places: Map<QueueId, number>
  /** Rooms of the channels of their queues. */
  serves: number
  isLoggedIn: boolean
  line: AgentLine | undefined
  /** Taken out of the centre, or logged off while speaking: logged off at the end of it. */
  leaving: { readonly by?: UserId; readonly reason?: string } | undefined
  isRemoved: boolean
  wantsReady: boolean
  /** Counted in their queues as one who takes work. */
  isAtWork: boolean
  /** Why not ready; by whom, when it was forced. */
  reason: string | undefined
  reasonBy: UserId | undefined
  state: AgentState
  stateReason: string | undefined
  stateBy: UserId | undefined
  stateSinceMs: number
  idleSinceMs: number
  hasOwnCall: boolean
  /** Assigned or being noted. */
  readonly open: Set<ItemRecord>
  readonly kept: Set<ItemRecord>
  readonly pending: Set<Pending>
  /** Groups of items that wait for this agent. */
  readonly ownGroups: Set<Group>
  /** For what they can be asked now; 0: for nothing. */
  room: number
  /** In the lists of their queues by this; undefined: in none. */
  listedIdleMs: number | undefined
  readonly work: WorkedHour
}

/** Time at work and time logged in of the last hour, by minutes. */
export interface WorkedHour {
  readonly worked: number[]
  readonly present: number[]
  workedSum: number
  presentSum: number
  /** Since 1970; the last minute that is filled. */
  minute: number
  /** Up to then everything is counted. */
  countedMs: number
  isWorking: boolean
  isPresent: boolean
}

/** Items that an agent either may take or may not, all alike: of them the oldest stands for all. In the order of their time. */
export interface Group {
  readonly key: string
  readonly queue: QueueRecord
  readonly channel: Channel
  readonly bit: number
  /** Without age. */
  readonly priority: number
  readonly needs: readonly SkillNeed[]
  /** Only this agent may have them. */
  readonly forAgent: AgentRecord | undefined
  readonly why: 'sticky' | 'only' | undefined
  /** Not yet. */
  readonly isHeld: boolean
  readonly items: ItemRecord[]
}

export interface QueueRecord {
  settings: Queue
  readonly groups: Map<string, Group>
  /** Agents who can be asked for anything, idle for longest first. */
  readonly free: AgentRecord[]
  /** All who are in it and logged in. */
  readonly present: Set<AgentRecord>
  /** Of them, those who take work, now or when they have finished what they do. */
  atWork: number
  /** Items that nobody has accepted, by channel. */
  readonly waiting: Record<Channel, number>
  override: 'open' | 'closed' | undefined
  /** Not in the centre any more; still there for what agents have of it. */
  isRemoved: boolean
  /** Calls are served at another pace than mails. */
  readonly pace: Readonly<Record<Room, ServicePace>>
}

export interface ScheduleRecord {
  readonly schedule: Schedule
  isOpen: boolean
  /** Looked at again then. */
  nextMs: number
}

/** Everything that a dispatcher knows. Plain data: `structuredClone` gives one that goes on by itself. */
export interface DispatcherState {
  centre: Centre
  timeZone: string
  readonly agents: Map<UserId, AgentRecord>
  readonly queues: Map<QueueId, QueueRecord>
  readonly items: Map<WorkItemId, ItemRecord>
  readonly pending: Map<OfferId, Pending>
  readonly schedules: Map<string, ScheduleRecord>
  readonly timers: TimeHeap
  /** Told last. */
  wakeMs: number
  nextOrder: number
  nowMs: number
}

/** How many wait for the same of an agent: calls and call-backs for their voice. */
export const waitingFor = ({ waiting }: QueueRecord, room: Room): number =>
  room === 'spoken' ? waiting.call + waiting.callBack : waiting[room]
