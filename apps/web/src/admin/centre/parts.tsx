import { type ReactNode, useState } from 'react'
import { ApiFault } from '../../api/api.ts'
import { faultText } from '../../app/app.ts'
import { Banner, Checkbox, Labelled, Stack, TextField } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { WholeField } from '../flows/forms/fields.tsx'
import css from './centre.module.css'

/** These say more in the server's words than by their code: which queue, which number. */
const saidByServer: ReadonlySet<string> = new Set(['API_STILL_IN_USE', 'API_CONFLICT', 'API_NUMBER_FOR_EMERGENCIES'])

/** What went wrong, with every mistake as the server says it. */
export function FaultBanner({ fault }: { readonly fault: unknown }) {
  const words = useWords()
  if (fault === undefined) return null
  const isOurs = fault instanceof ApiFault
  const text = isOurs && saidByServer.has(fault.code) ? (fault.detail ?? '') : faultText(words, fault)
  const reasons = isOurs && fault.code === 'CENTRE_NOT_SOUND' ? fault.mistakes.map(({ reason }) => reason) : []
  return (
    <Banner tone="bad" isLive>
      {text}
      {reasons.length > 0 && (
        <ul>
          {[...new Set(reasons)].map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </Banner>
  )
}

/** Runs what a form asks of the server. */
export function useAsking(): {
  readonly isBusy: boolean
  readonly fault: unknown
  readonly run: (ask: () => Promise<void>) => void
} {
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  return {
    isBusy,
    fault,
    run: (ask) => {
      setBusy(true)
      setFault(undefined)
      ask()
        .catch(setFault)
        .finally(() => setBusy(false))
    },
  }
}

/** A number that may be absent: ticked, it is there. */
export function MaybeWhole({
  tick,
  label,
  value,
  usual,
  least,
  most,
  onChange,
}: {
  readonly tick: string
  readonly label: string
  readonly value: number | undefined
  /** What it is when it is ticked. */
  readonly usual: number
  readonly least: number
  readonly most: number
  readonly onChange: (value: number | undefined) => void
}) {
  return (
    <Stack>
      <Checkbox isOn={value !== undefined} onChange={(isOn) => onChange(isOn ? usual : undefined)}>
        {tick}
      </Checkbox>
      {value !== undefined && <WholeField label={label} value={value} least={least} most={most} onChange={onChange} />}
    </Stack>
  )
}

/** Several of a list, ticked. */
export function Ticks({
  label,
  choices,
  chosen,
  onChange,
}: {
  readonly label: string
  readonly choices: readonly { readonly id: string; readonly label: string }[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: string[]) => void
}) {
  return (
    <Labelled label={label}>
      <div className={css.ticks} role="group" aria-label={label}>
        {choices.map((choice) => (
          <Checkbox
            key={choice.id}
            isOn={chosen.includes(choice.id)}
            onChange={(isOn) => onChange(isOn ? [...chosen, choice.id] : chosen.filter((id) => id !== choice.id))}
          >
            {choice.label}
          </Checkbox>
        ))}
      </div>
    </Labelled>
  )
}

/** People to tick, found by typing. */
export function PeopleTicks({
  label,
  search,
  people,
  chosen,
  onChange,
}: {
  readonly label: string
  readonly search: string
  readonly people: readonly { readonly id: string; readonly displayName: string; readonly extension?: string }[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: string[]) => void
}) {
  const [wanted, setWanted] = useState('')
  const folded = wanted.trim().toLowerCase()
  const shown = people
    .filter(({ displayName, extension = '' }) => `${displayName} ${extension}`.toLowerCase().includes(folded))
    .slice(0, mostShown)
  return (
    <Stack>
      {people.length > fewPeople && <TextField label={search} value={wanted} onChange={setWanted} />}
      <Labelled label={chosen.length === 0 ? label : `${label} (${chosen.length})`}>
        <div className={css.people} role="group" aria-label={label}>
          {shown.map(({ id, displayName, extension }) => (
            <Checkbox
              key={id}
              isOn={chosen.includes(id)}
              onChange={(isOn) => onChange(isOn ? [...chosen, id] : chosen.filter((one) => one !== id))}
            >
              {extension === undefined ? displayName : `${displayName} (${extension})`}
            </Checkbox>
          ))}
        </div>
      </Labelled>
    </Stack>
  )
}

/** So many are found without typing. */
const fewPeople = 12
const mostShown = 200

export const Row = ({ children }: { readonly children: ReactNode }) => <div className={css.row}>{children}</div>
