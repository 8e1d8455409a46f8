import { useState } from 'react'
import { Select, TextField } from '../../../look/index.ts'
import { useFlowWords } from '../use-flow-words.ts'
import type { User } from '../../use-company.ts'
import { useTellWrong } from './wrong-fields.ts'

/** A whole number within bounds; what is no such number stays in the field and is said to be wrong. */
export function WholeField({
  label,
  value,
  least,
  most,
  onChange,
}: {
  readonly label: string
  readonly value: number
  readonly least: number
  readonly most: number
  readonly onChange: (value: number) => void
}) {
  const text = useFlowWords()
  const [typed, setTyped] = useState<string>()
  const isWrong = typed !== undefined
  useTellWrong(isWrong)
  return (
    <TextField
      label={label}
      inputMode="numeric"
      value={typed ?? String(value)}
      mistake={isWrong ? text('needsWhole', { least, most }) : undefined}
      onChange={(written) => {
        const number = Number(written)
        const isRight = /^\d+$/.test(written.trim()) && number >= least && number <= most
        setTyped(isRight ? undefined : written)
        if (isRight && number !== value) onChange(number)
      }}
    />
  )
}

/**
 * A text with several lines, each of which stands for something. What cannot be read stays in the field, with the line that is wrong.
 * @param read gives the values, or the number of the first line that is wrong
 */
export function LinesField<T>({
  label,
  hint,
  value,
  write,
  read,
  mistakeOf,
  onChange,
}: {
  readonly label: string
  readonly hint: string
  readonly value: readonly T[]
  readonly write: (value: T) => string
  readonly read: (line: string) => T | undefined
  readonly mistakeOf: (line: number) => string
  readonly onChange: (values: readonly T[]) => void
}) {
  const [typed, setTyped] = useState<string>()
  const [wrong, setWrong] = useState<number>()
  useTellWrong(wrong !== undefined)
  return (
    <TextField
      isLong
      label={label}
      hint={hint}
      value={typed ?? value.map(write).join('\n')}
      mistake={wrong === undefined ? undefined : mistakeOf(wrong)}
      onBlur={() => wrong === undefined && setTyped(undefined)}
      onChange={(written) => {
        setTyped(written)
        const lines = written.split('\n')
        const values = lines.map((line) => (line.trim() === '' ? null : read(line.trim())))
        const first = values.indexOf(undefined)
        setWrong(first < 0 ? undefined : first + 1)
        if (first < 0) onChange(values.filter((each): each is T & {} => each !== null && each !== undefined))
      }}
    />
  )
}

/** A person of the company. */
export function PersonSelect({
  label,
  users,
  value,
  onChange,
}: {
  readonly label: string
  readonly users: readonly User[]
  readonly value: string
  readonly onChange: (userId: string) => void
}) {
  return (
    <Select
      label={label}
      value={value}
      onChange={onChange}
      choices={users.map(({ id, displayName, extension }) => ({
        id,
        label: extension === undefined ? displayName : `${displayName} (${extension})`,
      }))}
    />
  )
}
