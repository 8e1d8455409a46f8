import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import css from './attendant.module.css'

/** Rows beyond the edges that are drawn too. */
const beyond = 6

/**
 * Many rows of one height, of which only those in sight are drawn, for a field that keeps the focus: the field's
 * `aria-activedescendant` is `idOf` the row that is at hand (ARIA combobox with a list).
 */
export function OptionList<T extends { readonly id: string }>({
  id,
  label,
  rows,
  total,
  rowHeight,
  at,
  idOf,
  row,
  onChoose,
  onEnd,
}: {
  readonly id: string
  readonly label: string
  readonly rows: readonly T[]
  /** How many there are altogether, those that are not loaded yet too. */
  readonly total: number
  readonly rowHeight: number
  readonly at: number
  readonly idOf: (row: T) => string
  readonly row: (row: T) => ReactNode
  readonly onChoose: (index: number) => void
  /** The last row is nearly in sight. */
  readonly onEnd: () => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const [height, setHeight] = useState(0)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const watch = new ResizeObserver(() => setHeight(element.clientHeight))
    watch.observe(element)
    setHeight(element.clientHeight)
    return () => watch.disconnect()
  }, [])
  useEffect(() => {
    const element = box.current
    if (!element) return
    const start = at * rowHeight
    if (start < element.scrollTop) element.scrollTop = start
    else if (start + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = start + rowHeight - element.clientHeight
  }, [at, rowHeight])
  const first = Math.max(0, Math.floor(top / rowHeight) - beyond)
  const last = Math.min(rows.length, Math.ceil((top + height) / rowHeight) + beyond)
  const isNearEnd = last >= rows.length && rows.length < total
  useEffect(() => {
    if (isNearEnd && rows.length > 0) onEnd()
  }, [isNearEnd, rows.length, onEnd])
  return (
    <div
      ref={box}
      id={id}
      className={css.options}
      role="listbox"
      aria-label={label}
      tabIndex={-1}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <div role="presentation" style={{ height: rows.length * rowHeight }}>
        {rows.slice(first, last).map((one, index) => (
          // The field has the keys: a row is pressed only.
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox moves and chooses
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
          <div
            key={one.id}
            id={idOf(one)}
            role="option"
            aria-selected={first + index === at}
            aria-posinset={first + index + 1}
            aria-setsize={total}
            className={css.option}
            style={{ height: rowHeight, transform: `translateY(${(first + index) * rowHeight}px)` }}
            onClick={() => onChoose(first + index)}
          >
            {row(one)}
          </div>
        ))}
      </div>
    </div>
  )
}
