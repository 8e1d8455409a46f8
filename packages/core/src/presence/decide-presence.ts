import type { LineFacts, Presence, PresenceClaim, PresenceFacts, PresenceReason } from './presence.ts'

type Claiming = Exclude<keyof PresenceFacts, 'line'>

interface Rule {
  /** Undefined when the rule says nothing of these facts. */
  readonly decide: (facts: PresenceFacts) => Presence | undefined
}

const claimed = (source: Claiming, states: readonly PresenceClaim['state'][], needsDevice = false): Rule => ({
  decide: (facts) => {
    const claim = facts[source]
    if (!claim || !states.includes(claim.state) || (needsDevice && !facts.line.isRegistered)) return undefined
    return of(claim, source)
  },
})

const line = (decide: (line: LineFacts) => Presence | undefined): Rule => ({ decide: (facts) => decide(facts.line) })

/** Who wins, from the strongest to the weakest (docs/decisions/0040). */
const rules: readonly Rule[] = [
  // Whoever wants to look away looks like everyone without a device: neither the choice nor the call shows.
  { decide: ({ chosen }) => (chosen?.state === 'offline' ? hidden(chosen) : undefined) },
  claimed('chosen', ['doNotDisturb']),
  claimed('callHandling', ['doNotDisturb']),
  line(({ talking }) => talking && { state: 'busy', why: callReason(talking.device), sinceMs: talking.sinceMs }),
  line(({ ringing }) => ringing && { state: 'ringing', why: 'ringing', sinceMs: ringing.sinceMs }),
  claimed('chosen', ['busy', 'inMeeting', 'beRightBack', 'away']),
  claimed('chosen', ['available'], true),
  claimed('agent', ['busy', 'inMeeting', 'doNotDisturb', 'beRightBack', 'away']),
  claimed('teams', ['doNotDisturb', 'busy', 'inMeeting']),
  claimed('calendar', ['inMeeting', 'busy', 'doNotDisturb', 'away', 'beRightBack']),
  claimed('teams', ['beRightBack', 'away']),
  line(({ isRegistered, restingSinceMs }) =>
    isRegistered ? undefined : resting('offline', 'noDevice', restingSinceMs),
  ),
  line(({ restingSinceMs }) => resting('available', 'free', restingSinceMs)),
]

const claims: readonly Claiming[] = ['chosen', 'callHandling', 'agent', 'calendar', 'teams']

/**
 * How a person is, given everything that is known: one source wins and says why. What has ended does not count.
 * `nextAtMs`: when it must be decided anew although nothing happens, because a claim ends.
 */
export function decidePresence(facts: PresenceFacts, nowMs: number): { presence: Presence; nextAtMs?: number } {
  const valid: { -readonly [Key in keyof PresenceFacts]: PresenceFacts[Key] } = { line: facts.line }
  let nextAtMs: number | undefined
  for (const source of claims) {
    const claim = facts[source]
    if (!claim || (claim.untilMs !== undefined && claim.untilMs <= nowMs)) continue
    valid[source] = claim
    if (claim.untilMs !== undefined) nextAtMs = Math.min(nextAtMs ?? claim.untilMs, claim.untilMs)
  }
  const won = firstOf(valid)
  const presence = valid.chosen?.state === 'offline' ? won : { ...won, ...besideOf(valid) }
  return nextAtMs === undefined ? { presence } : { presence, nextAtMs }
}

/** Whether two say the same to whoever looks. */
export const isSamePresence = (a: Presence, b: Presence): boolean =>
  a.state === b.state &&
  a.why === b.why &&
  a.sinceMs === b.sinceMs &&
  a.untilMs === b.untilMs &&
  a.note === b.note &&
  a.place === b.place &&
  a.title === b.title

/** What is told whoever wins: the note, and where the calendar says that somebody is. */
function besideOf({ chosen, calendar }: PresenceFacts): Pick<Presence, 'note' | 'place' | 'title'> {
  const { note } = chosen ?? {}
  const { place, title } = calendar ?? {}
  return {
    ...(note === undefined ? {} : { note }),
    ...(place === undefined ? {} : { place }),
    ...(title === undefined ? {} : { title }),
  }
}

function firstOf(facts: PresenceFacts): Presence {
  for (const { decide } of rules) {
    const presence = decide(facts)
    if (presence) return presence
  }
  return { state: 'offline', why: 'noDevice' }
}

const of = ({ state, sinceMs, untilMs, note }: PresenceClaim, why: PresenceReason): Presence => ({
  state,
  why,
  ...(sinceMs === undefined ? {} : { sinceMs }),
  ...(untilMs === undefined ? {} : { untilMs }),
  ...(note === undefined ? {} : { note }),
})

const hidden = ({ sinceMs }: PresenceClaim): Presence => resting('offline', 'noDevice', sinceMs)

const resting = (state: 'offline' | 'available', why: PresenceReason, sinceMs: number | undefined): Presence =>
  sinceMs === undefined ? { state, why } : { state, why, sinceMs }

const callReason = (device: 'phone' | 'browser' | undefined): PresenceReason => (device ? `call.${device}` : 'call')
