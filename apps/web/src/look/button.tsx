import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import { ToggleButton as AriaToggleButton } from 'react-aria-components/ToggleButton'
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip'
import { classNames } from './class-names.ts'
import css from './controls.module.css'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-name.ts'

type Kind = 'plain' | 'primary' | 'danger' | 'quiet'
type Size = 'small' | 'medium' | 'large'

interface Look {
  readonly kind?: Kind
  readonly size?: Size
}

const lookOf = ({ kind = 'plain', size = 'medium' }: Look, ...more: (string | undefined | false)[]): string =>
  classNames(css.button, kind !== 'plain' && css[kind], size !== 'medium' && css[size], ...more)

export type ButtonProps = Omit<AriaButtonProps, 'className' | 'style' | 'children'> &
  Look & { readonly icon?: IconName; readonly children: ReactNode }

/** A button with words on it. */
export function Button({ kind, size, icon, children, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} className={lookOf({ ...(kind && { kind }), ...(size && { size }) })}>
      {icon && <Icon name={icon} />}
      {children}
    </AriaButton>
  )
}

export type IconButtonProps = Omit<AriaButtonProps, 'className' | 'style' | 'children'> &
  Look & {
    readonly icon: IconName
    /** What it does, in words: read aloud, and shown when pointed at. */
    readonly label: string
    /** Whether what it switches is on; a button that switches nothing has none. */
    readonly isOn?: boolean
    /** Shown with the label, as `Alt+M`. */
    readonly shortcut?: string
  }

/** A button with a drawing; its label is shown when it is pointed at or focused. */
export function IconButton({ kind = 'quiet', size, icon, label, isOn, shortcut, ...props }: IconButtonProps) {
  const look = lookOf({ kind, ...(size && { size }) }, css.icon, isOn && css.on)
  const drawing = <Icon name={icon} size={size === 'large' ? 22 : size === 'small' ? 16 : 18} />
  return (
    <TooltipTrigger delay={500}>
      {isOn === undefined ? (
        <AriaButton {...props} aria-label={label} className={look}>
          {drawing}
        </AriaButton>
      ) : (
        <AriaToggleButton
          isSelected={isOn}
          {...(props.isDisabled === undefined ? {} : { isDisabled: props.isDisabled })}
          {...(props.onPress ? { onPress: props.onPress } : {})}
          aria-label={label}
          className={look}
        >
          {drawing}
        </AriaToggleButton>
      )}
      <Tooltip className={css.tooltip!} offset={6}>
        {label}
        {shortcut && ` (${shortcut})`}
      </Tooltip>
    </TooltipTrigger>
  )
}
