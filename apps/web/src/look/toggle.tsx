import type { ReactNode } from 'react'
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox'
import { Label } from 'react-aria-components/Label'
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup'
import { Switch as AriaSwitch } from 'react-aria-components/Switch'
import css from './controls.module.css'
import { Icon } from './icon.tsx'
import type { OneOfProps } from './segments.tsx'

interface OnOff {
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  readonly children: ReactNode
  readonly isDisabled?: boolean
}

const disabled = (isDisabled: boolean | undefined) => (isDisabled === undefined ? {} : { isDisabled })

/** On or off, at once. */
export function Switch({ isOn, onChange, children, isDisabled }: OnOff) {
  return (
    <AriaSwitch isSelected={isOn} onChange={onChange} className={css.toggle!} {...disabled(isDisabled)}>
      <span className={css.track}>
        <span className={css.thumb} />
      </span>
      {children}
    </AriaSwitch>
  )
}

/** Yes or no, as part of a form. */
export function Checkbox({ isOn, onChange, children, isDisabled }: OnOff) {
  return (
    <AriaCheckbox isSelected={isOn} onChange={onChange} className={css.toggle!} {...disabled(isDisabled)}>
      <span className={css.box}>{isOn && <Icon name="check" size={14} />}</span>
      {children}
    </AriaCheckbox>
  )
}

/** One of a few, all in sight. */
export function Radios<Id extends string>({ label, choices, value, onChange }: OneOfProps<Id>) {
  return (
    <RadioGroup value={value} onChange={(id) => onChange(id as Id)} className={css.field!}>
      <Label className={css.label!}>{label}</Label>
      <div className={css.radios}>
        {choices.map((choice) => (
          <Radio key={choice.id} value={choice.id} className={css.toggle!}>
            <span className={css.radio} />
            <span>
              {choice.label}
              {choice.hint && <span className={css.hint}> {choice.hint}</span>}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
