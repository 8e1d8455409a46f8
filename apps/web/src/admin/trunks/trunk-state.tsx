import { useApp } from '../../app/use-app.ts'
import { Badge, Banner, Line, Quiet, Stack, Terms, type Tone } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import type { TrunkState } from './use-trunk-states.ts'

type Words = ReturnType<typeof useWords>['admin']['trunks']
type Fault = NonNullable<TrunkState['targets'][number]['fault']>

const isPassword = (fault: Fault | undefined): boolean =>
  fault?.kind === 'refused' && [401, 403, 404, 407].includes(fault.status ?? 0)

function faultIn(words: Words, fault: Fault | undefined): string {
  if (!fault) return words.states.down
  return fault.kind === 'refused' ? words.faults.refused(String(fault.status ?? '')) : words.faults[fault.kind]
}

/** In a word or two how a trunk is, for the list. */
export function TrunkMark({ state }: { readonly state: TrunkState | undefined }) {
  const { admin } = useWords()
  const words = admin.trunks
  const { tone, text } = summary(state, words)
  return <Badge tone={tone}>{text}</Badge>
}

function summary(state: TrunkState | undefined, words: Words): { tone: Tone; text: string } {
  const registration = state?.registration
  if (registration?.state === 'failed') return { tone: 'bad', text: faultIn(words, registration.fault) }
  const down = state?.targets.filter((target) => target.state === 'down') ?? []
  if (state && down.length > 0 && down.length === state.targets.length)
    return { tone: 'bad', text: faultIn(words, down[0]!.fault) }
  if (down.length > 0) return { tone: 'warn', text: `${down[0]!.target}: ${faultIn(words, down[0]!.fault)}` }
  if (registration?.state === 'trying') return { tone: 'info', text: words.states.trying }
  if (registration) return { tone: 'good', text: words.states.registered }
  if (state?.targets.some((target) => target.state === 'up')) return { tone: 'good', text: words.states.works }
  return { tone: 'info', text: words.states.unknown }
}

/** Everything that is known of how a trunk is, since when, and what to do about it. */
export function TrunkStateView({ state }: { readonly state: TrunkState }) {
  const { admin } = useWords()
  const words = admin.trunks
  const format = useFormat()
  const { clock } = useApp()
  const moment = (time: string) => format.moment(Date.parse(time), clock.nowMs())
  const { registration } = state
  const down = state.targets.filter((target) => target.state === 'down')
  return (
    <Stack>
      {registration?.state === 'failed' && (
        <Banner tone="bad">
          {words.notRegisteredSince(moment(registration.since))}: {faultIn(words, registration.fault)}.{' '}
          {isPassword(registration.fault)
            ? words.advice.password
            : registration.fault && words.advice[registration.fault.kind]}
        </Banner>
      )}
      {down.map(({ target, since, fault }) => (
        <Banner key={target} tone="warn">
          {words.downSince(target, moment(since))}: {faultIn(words, fault)}. {fault && words.advice[fault.kind]}
        </Banner>
      ))}
      {state.warnings.map((warning) => (
        <Banner key={warning} tone="warn">
          {words.warnings[warning]}
        </Banner>
      ))}
      <Terms
        items={state.targets.map(({ target, state: is, roundTripMs, fault }) => [
          target,
          <Line key={target}>
            <Badge tone={is === 'up' ? 'good' : is === 'down' ? 'bad' : 'info'}>{words.states[is]}</Badge>
            {roundTripMs !== undefined && <Quiet>{words.roundTrip(format.number(roundTripMs))}</Quiet>}
            {fault?.text && <Quiet>{fault.text}</Quiet>}
          </Line>,
        ])}
      />
      {registration?.state === 'registered' && registration.target && registration.expiresAt && (
        <Quiet>{words.registeredAt(registration.target, format.time(Date.parse(registration.expiresAt)))}</Quiet>
      )}
    </Stack>
  )
}
