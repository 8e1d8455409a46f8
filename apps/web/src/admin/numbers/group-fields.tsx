import { Select, Switch, TextField } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import type { User } from '../use-company.ts'
import { MembersField } from './members-field.tsx'
import css from './number-dialog.module.css'
import type { CallsOutAs, GroupMode, NumberDraft } from './number-draft.ts'

const callsOutChoices: readonly CallsOutAs[] = ['member', 'choice', 'line']
const modes: readonly GroupMode[] = ['all', 'inOrder', 'longestIdle', 'random']

/** A group or a shared line: its people, how they are asked, and where calls go that nobody takes. */
export function GroupFields({
  draft,
  set,
  people,
  mistakeAt,
}: {
  readonly draft: NumberDraft
  readonly set: (change: Partial<NumberDraft>) => void
  readonly people: readonly User[]
  readonly mistakeAt: (path: string) => string | undefined
}) {
  const { numbers } = useWords().admin
  const isGroup = draft.kind === 'group'
  const inTurns = isGroup && draft.mode !== 'all'
  const longest = isGroup ? 'longestWaitSeconds' : 'ringSeconds'
  return (
    <>
      <TextField
        label={isGroup ? numbers.groupName : numbers.lineName}
        hint={isGroup ? numbers.groupHint : numbers.lineHint}
        value={draft.name}
        onChange={(name) => set({ name })}
        mistake={mistakeAt('/target')}
      />
      <MembersField people={people} members={draft.members} onChange={(members) => set({ members })} />
      {isGroup && (
        <Select
          label={numbers.mode}
          value={draft.mode}
          onChange={(mode) => set({ mode })}
          choices={modes.map((id) => ({ id, label: numbers.modes[id] }))}
        />
      )}
      <div className={css.pair}>
        {inTurns && (
          <Seconds
            label={numbers.memberSeconds}
            hint={numbers.memberSecondsHint}
            value={draft.memberSeconds}
            onChange={(memberSeconds) => set({ memberSeconds })}
            mistake={mistakeAt('/target/memberSeconds')}
          />
        )}
        <Seconds
          label={isGroup ? numbers.longestSeconds : numbers.ringSeconds}
          hint={inTurns ? numbers.longestHint : numbers.ringHint}
          value={draft.longestSeconds}
          onChange={(longestSeconds) => set({ longestSeconds })}
          mistake={mistakeAt(`/target/${longest}`)}
        />
      </div>
      {isGroup ? (
        <>
          <Switch isOn={draft.showsName} onChange={(showsName) => set({ showsName })}>
            {numbers.showsName}
          </Switch>
          <Switch isOn={draft.ringsBusy} onChange={(ringsBusy) => set({ ringsBusy })}>
            {numbers.ringsBusy}
          </Switch>
        </>
      ) : (
        <>
          <Switch isOn={draft.takesSecondCall} onChange={(takesSecondCall) => set({ takesSecondCall })}>
            {numbers.takesSecondCall}
          </Switch>
          <Select
            label={numbers.callsOutAs}
            hint={numbers.callsOutAsHint}
            value={draft.callsOutAs}
            onChange={(callsOutAs) => set({ callsOutAs })}
            choices={callsOutChoices.map((id) => ({ id, label: numbers.callsOutAsChoices[id] }))}
          />
        </>
      )}
      <div className={css.pair}>
        <TextField
          label={numbers.busyTo}
          hint={numbers.overflowHint}
          value={draft.busyTo}
          onChange={(busyTo) => set({ busyTo })}
          inputMode="tel"
          mistake={mistakeAt('/target/overflow/busy')}
        />
        <TextField
          label={numbers.noAnswerTo}
          hint={numbers.overflowHint}
          value={draft.noAnswerTo}
          onChange={(noAnswerTo) => set({ noAnswerTo })}
          inputMode="tel"
          mistake={mistakeAt('/target/overflow/noAnswer')}
        />
      </div>
    </>
  )
}

function Seconds(props: {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly mistake: string | undefined
}) {
  const { onChange } = props
  return <TextField {...props} onChange={(text) => onChange(text.replace(/\D/g, ''))} inputMode="numeric" />
}
