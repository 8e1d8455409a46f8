import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { ListBox } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { SearchField as AriaSearchField } from 'react-aria-components/SearchField'
import { ListBoxItem, Select as AriaSelect, SelectValue } from 'react-aria-components/Select'
import { Text } from 'react-aria-components/Text'
import { TextArea } from 'react-aria-components/TextArea'
import { TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from 'react-aria-components/TextField'
import { classNames } from './class-names.ts'
import css from './controls.module.css'
import { Icon } from './icon.tsx'

export type TextFieldProps = Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> & {
  readonly label: string
  readonly hint?: string
  /** What is wrong with what was typed, in words. */
  readonly mistake?: string | undefined
  readonly placeholder?: string
  readonly isLong?: boolean
}

/** A line, or several, of text with its label, a hint and what is wrong with it. */
export function TextField({ label, hint, mistake, placeholder, isLong, ...props }: TextFieldProps) {
  return (
    <AriaTextField {...props} className={css.field!} isInvalid={mistake !== undefined} validationBehavior="aria">
      <Label className={css.label!}>{label}</Label>
      {isLong ? (
        <TextArea className={css.input!} {...(placeholder === undefined ? {} : { placeholder })} />
      ) : (
        <Input className={css.input!} {...(placeholder === undefined ? {} : { placeholder })} />
      )}
      {hint && (
        <Text slot="description" className={css.hint!}>
          {hint}
        </Text>
      )}
      <FieldError className={css.mistake!}>{mistake}</FieldError>
    </AriaTextField>
  )
}

export interface SearchFieldProps {
  readonly label: string
  readonly clearLabel: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onSubmit?: (value: string) => void
  readonly placeholder?: string
  readonly autoFocus?: boolean
  /** Id of the list of what was found, where the arrow keys choose from one (ARIA: combobox). */
  readonly listId?: string
  readonly isListOpen?: boolean
  /** Id of what the arrow keys are at. */
  readonly activeId?: string
}

/** Searches as one types; Escape empties it. */
export function SearchField({
  label,
  clearLabel,
  placeholder,
  listId,
  isListOpen = false,
  activeId,
  ...props
}: SearchFieldProps) {
  const combined =
    listId === undefined
      ? {}
      : {
          role: 'combobox',
          'aria-autocomplete': 'list' as const,
          'aria-expanded': isListOpen,
          ...(isListOpen ? { 'aria-controls': listId } : {}),
          ...(activeId === undefined ? {} : { 'aria-activedescendant': activeId }),
        }
  return (
    <AriaSearchField {...props} aria-label={label} className={css.search!}>
      <span className={css.searchIcon}>
        <Icon name="search" />
      </span>
      <Input className={css.input!} placeholder={placeholder ?? label} {...combined} />
      <AriaButton className={css.searchClear!} aria-label={clearLabel}>
        <Icon name="close" size={16} />
      </AriaButton>
    </AriaSearchField>
  )
}

export interface Choice<Id extends string> {
  readonly id: Id
  readonly label: string
  readonly hint?: string
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
}: {
  readonly label: string
  readonly choices: readonly Choice<Id>[]
  readonly value: Id | undefined
  readonly onChange: (value: Id) => void
  readonly hint?: string
  readonly mistake?: string | undefined
  readonly isDisabled?: boolean
}) {
  return (
    <AriaSelect
      className={css.field!}
      value={value ?? null}
      onChange={(key) => key !== null && onChange(key as Id)}
      isInvalid={mistake !== undefined}
      {...(isDisabled === undefined ? {} : { isDisabled })}
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

/** A label above anything that is no field of its own. */
export function Labelled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={css.field}>
      <span className={css.label}>{label}</span>
      {children}
    </div>
  )
}
