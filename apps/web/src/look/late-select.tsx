import { type ComponentType, type KeyboardEvent, useCallback, useEffect, useId, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { afterFirstMoments } from '../app/first-moments.ts'
import { persistently } from '../app/late.ts'
import { useApp } from '../app/use-app.ts'
import { classNames } from './class-names.ts'
import css from './controls.module.css'
import { Icon } from './icon.tsx'
import type { SelectProps } from './select.tsx'

const load = () => persistently(async () => (await import('./select.tsx')).Select)

/**
 * A {@link Select} on a screen that is drawn in the first moments. A list to choose from is much code: until somebody opens it,
 * this is a button that looks and reads the same.
 */
export function LateSelect(props: SelectProps) {
  const { label, choices, value, isDisabled, placeholder } = props
  const { clock } = useApp()
  const [fetched, setFetched] = useState<{ readonly Select: ComponentType<SelectProps> }>()
  const [labelId, valueId] = [useId(), useId()]
  // It is at hand when somebody wants it, but takes nobody's focus away.
  useEffect(() => void afterFirstMoments(clock).then(load), [clock])
  const open = useCallback(() => void load().then((Select) => setFetched({ Select })), [])
  if (fetched) return <fetched.Select {...props} opensAtOnce />
  const openByArrow = (event: KeyboardEvent) => {
    if (isDisabled !== true && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) open()
  }
  return (
    <div className={css.field}>
      <span id={labelId} className={css.label}>
        {label}
      </span>
      <AriaButton
        aria-haspopup="listbox"
        aria-labelledby={`${valueId} ${labelId}`}
        className={classNames(css.button, css.select)}
        isDisabled={isDisabled ?? false}
        onPress={open}
        onKeyDown={openByArrow}
      >
        <span id={valueId} className={css.chosen}>
          {choices.find(({ id }) => id === value)?.label ?? placeholder}
        </span>
        <Icon name="chevron-down" size={16} />
      </AriaButton>
    </div>
  )
}
