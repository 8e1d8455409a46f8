import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import css from './controls.module.css'
import type { Choice } from './select.tsx'

export interface OneOfProps<Id extends string> {
  readonly label: string
  readonly choices: readonly Choice<Id>[]
  readonly value: Id
  readonly onChange: (value: Id) => void
}

/** One of a few short ones, in a row: a filter, a view. */
export function Segments<Id extends string>({ label, choices, value, onChange }: OneOfProps<Id>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const [first] = keys
        if (first !== undefined) onChange(first as Id)
      }}
      className={css.segments!}
    >
      {choices.map((choice) => (
        <ToggleButton key={choice.id} id={choice.id} className={css.segment!}>
          {choice.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
