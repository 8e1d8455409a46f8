import type { DiversionReason } from '../routing/diversion.ts'
import type { Spoken } from '../ports/service-line.ts'
import type { Greeting, GreetingKind, KeptSound, MailboxSettings } from '../ports/voicemail-store.ts'

/** What a caller meets. */
export interface GreetingQuestion {
  readonly settings: MailboxSettings
  readonly greetings: readonly Greeting[]
  /** Why the call came here; absent where the caller dialled the mailbox itself. */
  readonly reason?: DiversionReason
  readonly nowMs: number
  /** Today is a public holiday where the company is. */
  readonly isHoliday: boolean
  /** Of whom; said digit by digit where no name is recorded. */
  readonly number: string
}

export interface ChosenGreeting {
  readonly kind: GreetingKind
  /** Recorded by somebody of the mailbox, or spoken by the platform. */
  readonly isOwn: boolean
  readonly spoken: readonly Spoken[]
}

const stateSentence: Readonly<Record<Exclude<GreetingKind, 'away' | 'name'>, string>> = {
  standard: 'voicemail-cannot-answer',
  busy: 'voicemail-is-busy',
  noAnswer: 'voicemail-no-answer',
  holiday: 'voicemail-holiday',
}

/**
 * What the caller hears before the tone: away comes before holiday, holiday before busy and no answer. A recording of the state is
 * played, else the platform says the state with the recorded name or the number; the usual recording stands for every
 * state that has none, but for an absence, whose end would be left unsaid.
 * @param sourceOf how a sound file is read
 */
export function chooseGreeting(
  question: GreetingQuestion,
  sourceOf: (sound: KeptSound) => Extract<Spoken, { kind: 'sound' }>['source'],
): ChosenGreeting {
  const { settings, greetings, nowMs, number } = question
  const recorded = (kind: GreetingKind) => greetings.find((greeting) => greeting.kind === kind)
  const kind = stateOf(question)
  const own = recorded(kind) ?? (kind === 'away' ? undefined : recorded('standard'))
  if (own) return { kind, isOwn: true, spoken: [{ kind: 'sound', source: sourceOf(own) }] }
  const name = recorded('name')
  const who: readonly Spoken[] = name
    ? [{ kind: 'sound', source: sourceOf(name) }]
    : [
        { kind: 'prompt', name: 'voicemail-extension' },
        { kind: 'digits', digits: number.replace(/\D/g, '') },
      ]
  const state: readonly Spoken[] =
    kind === 'away'
      ? [
          { kind: 'prompt', name: 'voicemail-away-until' },
          { kind: 'time', atMs: settings.awayUntilMs ?? nowMs },
        ]
      : [{ kind: 'prompt', name: stateSentence[kind] }]
  return { kind, isOwn: false, spoken: [...who, ...state, { kind: 'prompt', name: 'voicemail-leave-message' }] }
}

function stateOf({ settings, reason, nowMs, isHoliday, greetings }: GreetingQuestion): Exclude<GreetingKind, 'name'> {
  if (settings.awayUntilMs !== undefined && settings.awayUntilMs > nowMs) return 'away'
  // Whether the office is closed on a holiday, only its people know: they say so by recording it.
  if (isHoliday && greetings.some(({ kind }) => kind === 'holiday')) return 'holiday'
  if (reason === 'user-busy' || reason === 'do-not-disturb') return 'busy'
  return reason === 'no-answer' ? 'noAnswer' : 'standard'
}
