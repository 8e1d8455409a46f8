import { useEffect, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { FieldError } from 'react-aria-components/FieldError'
import { Label } from 'react-aria-components/Label'
import { ListBox } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { ListBoxItem, Select as AriaSelect, SelectValue } from 'react-aria-components/Select'
import { Text } from 'react-aria-components/Text'
import { classNames } from './class-names.ts'
import css from './controls.module.css'
import { Icon } from './icon.tsx'

export interface Choice<Id extends string> {
  readonly id: Id
  readonly label: string
  readonly hint?: string
}

export interface SelectProps<Id extends string = string> {
  readonly label: string
  readonly choices: readonly Choice<Id>[]
  readonly value: Id | undefined
  readonly onChange: (value: Id) => void
  readonly hint?: string
  readonly mistake?: string | undefined
  readonly isDisabled?: boolean
  /** What stands there until something is chosen. */
  readonly placeholder?: string
  /** Somebody has asked for its list already: it takes the focus and opens. */
  readonly opensAtOnce?: boolean
}

/** One of several, from a list that opens. */
export function Select<Id extends string>({
  label,
  choices,
  value,
  onChange,
  hint,
  mistake,
  isDisabled,
  placeholder,
  opensAtOnce = false,
}: SelectProps<Id>) {
  const [isOpen, setOpen] = useState(false)
  // Not before the button has the focus, to which it goes back when the list is closed.
  useEffect(() => setOpen(opensAtOnce), [opensAtOnce])
  return (
    <AriaSelect
      autoFocus={opensAtOnce}
      isOpen={isOpen}
      onOpenChange={setOpen}
      className={css.field!}
      value={value ?? null}
      onChange={(key) => key !== null && onChange(key as Id)}
      isInvalid={mistake !== undefined}
      {...(isDisabled === undefined ? {} : { isDisabled })}
      {...(placeholder === undefined ? {} : { placeholder })}
    >
      <Label className={css.label!}>{label}</Label>
      <AriaButton className={classNames(css.button, css.select)}>
        <SelectValue className={css.chosen!}>
          {({ selectedText, defaultChildren }) => selectedText || defaultChildren}
        </SelectValue>
        <Icon name="chevron-down" size={16} />
      </AriaButton>
      {hint && (
        <Text slot="description" className={css.hint!}>
          {hint}
        </Text>
      )}
      <FieldError className={css.mistake!}>{mistake}</FieldError>
      <Popover className={css.popover!}>
        <ListBox className={css.menu!} items={choices}>
          {({ id, label: text, hint: more }) => (
            <ListBoxItem id={id} className={css.item!} textValue={text}>
              <Text slot="label">{text}</Text>
              {more && (
                <Text slot="description" className={css.hint!}>
                  {more}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
