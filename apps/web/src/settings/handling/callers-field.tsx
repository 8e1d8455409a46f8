import { Checkbox, TextField } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import css from './handling.module.css'
import { type CallerKind, callerKinds } from './rule-draft.ts'

/** Callers by kind, by number and by the beginnings of numbers. */
export function CallersField({
  kinds,
  numbers,
  onChange,
  mistake,
}: {
  readonly kinds: readonly CallerKind[]
  readonly numbers: string
  readonly onChange: (more: { kinds?: readonly CallerKind[]; numbers?: string }) => void
  readonly mistake?: string | undefined
}) {
  const { callers } = useWords().handling
  return (
    <>
      <fieldset className={css.choices}>
        <legend>{callers.kind}</legend>
        <div className={css.days}>
          {callerKinds.map((kind) => (
            <Checkbox
              key={kind}
              isOn={kinds.includes(kind)}
              onChange={(isOn) => onChange({ kinds: isOn ? [...kinds, kind] : kinds.filter((one) => one !== kind) })}
            >
              {callers.kinds[kind]}
            </Checkbox>
          ))}
        </div>
      </fieldset>
      <TextField
        label={callers.numbers}
        hint={callers.numbersHint}
        value={numbers}
        onChange={(text) => onChange({ numbers: text })}
        mistake={mistake}
      />
    </>
  )
}
