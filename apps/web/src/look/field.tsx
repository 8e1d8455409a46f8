import type { ReactNode } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextArea } from 'react-aria-components/TextArea'
import { TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from 'react-aria-components/TextField'
import css from './controls.module.css'

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

/** A label above anything that is no field of its own. */
export function Labelled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={css.field}>
      <span className={css.label}>{label}</span>
      {children}
    </div>
  )
}
