import { useEffect } from 'react'
import { Button } from 'react-aria-components/Button'
import css from './phone.module.css'

const keys: readonly (readonly [digit: string, letters: string])[] = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
]

/** The twelve keys of a telephone; with `takesKeyboard` the digits of the keyboard too. */
export function DigitPad({
  onDigit,
  takesKeyboard = true,
}: {
  readonly onDigit: (digit: string) => void
  readonly takesKeyboard?: boolean
}) {
  useEffect(() => {
    if (!takesKeyboard) return undefined
    const press = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
      if (!ctrlKey && !metaKey && !altKey && /^[0-9*#]$/.test(key)) onDigit(key)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [onDigit, takesKeyboard])
  return (
    <div className={css.pad}>
      {keys.map(([digit, letters]) => (
        <Button key={digit} className={css.key!} onPress={() => onDigit(digit)}>
          {digit}
          <small aria-hidden>{letters}</small>
        </Button>
      ))}
    </div>
  )
}
