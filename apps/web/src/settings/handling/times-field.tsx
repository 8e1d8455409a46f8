import { Button, Checkbox, IconButton, Switch, TextField } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import css from './handling.module.css'
import { type Period, timeOf, usualPeriod } from './times-draft.ts'

const days = [1, 2, 3, 4, 5, 6, 7] as const

/** Hours of the week in which something holds; undefined: always. */
export function TimesField({
  periods,
  timeZone,
  onChange,
}: {
  readonly periods: readonly Period[] | undefined
  readonly timeZone: string
  readonly onChange: (periods: readonly Period[] | undefined) => void
}) {
  const { handling } = useWords()
  const change = (at: number, more: Partial<Period>) =>
    onChange(periods?.map((period, i) => (i === at ? { ...period, ...more } : period)))
  const mistake = (time: string) => (timeOf(time) === undefined ? handling.times.wrong : undefined)
  return (
    <div className={css.times}>
      <Switch isOn={periods !== undefined} onChange={(isOn) => onChange(isOn ? [usualPeriod] : undefined)}>
        {handling.times.only}
      </Switch>
      {periods?.map((period, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: periods have no identity of their own
        <fieldset key={i} className={css.period}>
          <legend>{handling.times.period(i + 1)}</legend>
          <div className={css.days}>
            {days.map((day) => (
              <Checkbox
                key={day}
                isOn={period.days.includes(day)}
                onChange={(isOn) =>
                  change(i, { days: days.filter((one) => (one === day ? isOn : period.days.includes(one))) })
                }
              >
                {handling.times.days[day - 1]}
              </Checkbox>
            ))}
          </div>
          <div className={css.hours}>
            <TextField
              label={handling.times.from}
              value={period.from}
              onChange={(from) => change(i, { from })}
              mistake={mistake(period.from)}
            />
            <TextField
              label={handling.times.to}
              value={period.to}
              onChange={(to) => change(i, { to })}
              mistake={mistake(period.to)}
            />
            {periods.length > 1 && (
              <IconButton
                icon="trash"
                label={handling.times.remove(i + 1)}
                onPress={() => onChange(periods.filter((_, at) => at !== i))}
              />
            )}
          </div>
        </fieldset>
      ))}
      {periods && (
        <div className={css.under}>
          <Button icon="plus" size="small" onPress={() => onChange([...periods, usualPeriod])}>
            {handling.times.add}
          </Button>
          <span>{handling.times.zone(timeZone)}</span>
        </div>
      )}
    </div>
  )
}

/** The zone in which this browser is. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
